package io.github.idc4j.conformance.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends requests, and again while the service does not answer or is busy. */
final class RetryingSender {

  /** Answers of a service that is busy, or of a gateway before one that is away. */
  private static final Set<Integer> BUSY = Set.of(RetryPolicy.TOO_MANY_REQUESTS, 502, 503, 504);

  private final Map<Caller, String> tokens;
  private final RequestBudget budget;
  private final RetryPolicy retryPolicy;
  private final HttpTransport transport;

  RetryingSender(
      Map<Caller, String> tokens,
      Redaction redaction,
      RequestBudget budget,
      RetryPolicy retryPolicy) {
    this.tokens = tokens;
    this.budget = budget;
    this.retryPolicy = retryPolicy;
    this.transport = new HttpTransport(redaction);
  }

  /**
   * Sends a request of a check.
   *
   * @param before is done each time before it is sent
   */
  Exchange send(URI baseUrl, ApiRequest request, Runnable before) {
    return patiently(baseUrl, request, false, before);
  }

  /** Sends a request that is no part of a check; the run's limits don't hold it back. */
  Exchange sendAside(URI baseUrl, ApiRequest request) {
    return patiently(baseUrl, request, true, () -> {});
  }

  private Exchange patiently(URI baseUrl, ApiRequest request, boolean aside, Runnable before) {
    Duration waited = Duration.ZERO;
    for (int sent = 1; ; sent++) {
      if (aside) {
        budget.passCleanUp(request);
      } else {
        budget.pass(request);
      }
      before.run();
      int status = 0;
      String retryAfter = "";
      IOException failure;
      try {
        Exchange exchange = exchange(baseUrl, request, aside);
        if (!BUSY.contains(exchange.status())) {
          return exchange;
        }
        status = exchange.status();
        retryAfter = exchange.header("Retry-After");
        failure = new IOException("the service answers " + status + " " + exchange.excerpt());
      } catch (InterruptedIOException e) {
        throw unchecked(e);
      } catch (IOException e) {
        failure = e;
      }
      // What is refused for its rate was not carried out.
      if (!aside && !request.isReading() && status != RetryPolicy.TOO_MANY_REQUESTS) {
        throw unchecked(new RestartRequired(failure.getMessage(), failure));
      }
      Optional<Duration> pause = retryPolicy.pause(sent, waited, status, retryAfter, Instant.now());
      if (pause.isEmpty()) {
        throw unchecked(failure);
      }
      if (aside) {
        budget.pauseCleanUp(pause.get());
      } else {
        budget.pause(pause.get());
      }
      waited = waited.plus(pause.get());
    }
  }

  /** Sends a request once; its answer is waited for as long as the run goes on, at most. */
  private Exchange exchange(URI baseUrl, ApiRequest request, boolean aside) throws IOException {
    boolean runEndsFirst = !aside && budget.rest().compareTo(retryPolicy.responseTimeout()) < 0;
    Duration time = runEndsFirst ? budget.rest() : retryPolicy.responseTimeout();
    try {
      return transport.send(baseUrl, request, tokens.get(request.caller()), time);
    } catch (InterruptedIOException e) {
      if (runEndsFirst) {
        budget.outOfTime();
      }
      throw late(request, e);
    }
  }

  private IOException late(ApiRequest request, IOException cause) {
    IOException late =
        new InterruptedIOException(
            "no answer to "
                + request.method()
                + " "
                + request.target()
                + " within "
                + retryPolicy.responseTimeout().toMillis() / 1000.0
                + " s, the time that an answer is given (--timeout of the command)");
    late.initCause(cause);
    return late;
  }

  /** As REST Assured does: an exception of the connection is told from one of the suite. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException unchecked(IOException e) throws T {
    throw (T) e;
  }
}
