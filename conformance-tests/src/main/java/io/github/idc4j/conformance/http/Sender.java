package io.github.idc4j.conformance.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends requests, and again while the service does not answer or is busy. */
final class Sender {

  /** Answers of a service that is busy, or of a gateway before one that is away. */
  private static final Set<Integer> BUSY = Set.of(Patience.TOO_MANY_REQUESTS, 502, 503, 504);

  private final Map<Bearer, String> tokens;
  private final Gate gate;
  private final Patience patience;
  private final Wire wire;

  Sender(Map<Bearer, String> tokens, Redaction redaction, Gate gate, Patience patience) {
    this.tokens = tokens;
    this.gate = gate;
    this.patience = patience;
    this.wire = new Wire(redaction);
  }

  /**
   * Sends a request of a check.
   *
   * @param before is done each time before it is sent
   */
  Exchange send(URI baseUrl, Call call, Runnable before) {
    return patiently(baseUrl, call, false, before);
  }

  /** Sends a request that is no part of a check; the run's limits don't hold it back. */
  Exchange sendAside(URI baseUrl, Call call) {
    return patiently(baseUrl, call, true, () -> {});
  }

  private Exchange patiently(URI baseUrl, Call call, boolean aside, Runnable before) {
    Duration waited = Duration.ZERO;
    for (int sent = 1; ; sent++) {
      if (aside) {
        gate.passCleanUp(call);
      } else {
        gate.pass(call);
      }
      before.run();
      int status = 0;
      String retryAfter = "";
      IOException failure;
      try {
        Exchange exchange = exchange(baseUrl, call, aside);
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
      if (!aside && !call.isReading() && status != Patience.TOO_MANY_REQUESTS) {
        throw unchecked(new Disturbance(failure.getMessage(), failure));
      }
      Optional<Duration> pause = patience.pause(sent, waited, status, retryAfter, Instant.now());
      if (pause.isEmpty()) {
        throw unchecked(failure);
      }
      if (aside) {
        gate.pauseCleanUp(pause.get());
      } else {
        gate.pause(pause.get());
      }
      waited = waited.plus(pause.get());
    }
  }

  /** Sends a request once; its answer is waited for as long as the run goes on, at most. */
  private Exchange exchange(URI baseUrl, Call call, boolean aside) throws IOException {
    boolean runEndsFirst = !aside && gate.rest().compareTo(patience.answer()) < 0;
    Duration time = runEndsFirst ? gate.rest() : patience.answer();
    try {
      return wire.send(baseUrl, call, tokens.get(call.bearer()), time);
    } catch (InterruptedIOException e) {
      if (runEndsFirst) {
        gate.outOfTime();
      }
      throw late(call, e);
    }
  }

  private IOException late(Call call, IOException cause) {
    IOException late =
        new InterruptedIOException(
            "no answer to "
                + call.method()
                + " "
                + call.target()
                + " within "
                + patience.answer().toMillis() / 1000.0
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
