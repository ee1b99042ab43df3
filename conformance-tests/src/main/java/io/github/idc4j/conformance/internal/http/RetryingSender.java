package io.github.idc4j.conformance.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends requests. Retries a request if the service does not respond or is overloaded. */
final class RetryingSender {

  /** Status codes of an overloaded service, or of a gateway that cannot reach the service. */
  private static final Set<Integer> BUSY = Set.of(RetryPolicy.TOO_MANY_REQUESTS, 502, 503, 504);

  private final Map<Caller, String> tokens;
  private final Network network;
  private final RequestBudget budget;
  private final RetryPolicy retryPolicy;
  private final HttpTransport transport;

  RetryingSender(
      Map<Caller, String> tokens,
      Redaction redaction,
      Network network,
      RequestBudget budget,
      RetryPolicy retryPolicy) {
    this.tokens = tokens;
    this.budget = budget;
    this.retryPolicy = retryPolicy;
    this.network = network;
    this.transport = new HttpTransport(redaction, network);
  }

  /**
   * Sends a request of a check.
   *
   * @param before called before each attempt
   */
  Exchange send(URI baseUrl, ApiRequest request, Runnable before) {
    return sendRetrying(baseUrl, request, false, before);
  }

  /**
   * Sends a request that is not part of a check. Of the limits of the run, only the rate applies.
   */
  Exchange sendAside(URI baseUrl, ApiRequest request) {
    return sendRetrying(baseUrl, request, true, () -> {});
  }

  private Exchange sendRetrying(URI baseUrl, ApiRequest request, boolean aside, Runnable before) {
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
      boolean received = true;
      IOException failure;
      try {
        Exchange exchange = exchange(baseUrl, request, aside);
        if (!BUSY.contains(exchange.status())) {
          return exchange;
        }
        status = exchange.status();
        retryAfter = exchange.header("Retry-After");
        failure =
            new IOException(
                "the service responds with "
                    + status
                    + " "
                    + exchange.excerpt()
                    + network.through(baseUrl));
      } catch (InterruptedIOException e) {
        throw unchecked(e);
      } catch (ProxyFailure e) {
        if (!e.isTemporary()) {
          throw unchecked(e);
        }
        received = false;
        failure = e;
      } catch (IOException e) {
        failure = e;
      }
      // A rate-limited request has changed no data, so it can be retried.
      if (received && !aside && !request.isReading() && status != RetryPolicy.TOO_MANY_REQUESTS) {
        throw unchecked(new RestartRequired(failure.getMessage(), failure));
      }
      Optional<Duration> pause = retryPolicy.pause(sent, waited, status, retryAfter, Instant.now());
      if (pause.isEmpty() || (aside && pause.get().compareTo(budget.cleanUpRest()) >= 0)) {
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

  /** Sends a request once. Waits for the response until the timeout or the end of the run. */
  private Exchange exchange(URI baseUrl, ApiRequest request, boolean aside) throws IOException {
    Duration rest = aside ? budget.cleanUpRest() : budget.rest();
    boolean runEndsFirst = rest.compareTo(retryPolicy.responseTimeout()) < 0;
    Duration time = runEndsFirst ? rest : retryPolicy.responseTimeout();
    try {
      return transport.send(baseUrl, request, tokens.get(request.caller()), time);
    } catch (InterruptedIOException e) {
      if (budget.isClosed() && !aside) {
        throw RequestBudget.interrupted();
      }
      if (runEndsFirst && !aside) {
        budget.outOfTime();
      }
      IOException late =
          new InterruptedIOException(
              "no complete response to "
                  + request
                  + network.through(baseUrl)
                  + " within "
                  + time.toMillis() / 1000.0
                  + (runEndsFirst ? " s, when the run ends" : " s (--timeout of the command)"));
      late.initCause(e);
      throw late;
    }
  }

  /** Throws a checked exception without declaring it, as REST Assured does. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException unchecked(IOException e) throws T {
    throw (T) e;
  }
}
