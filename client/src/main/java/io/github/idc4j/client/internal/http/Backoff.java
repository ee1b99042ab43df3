package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.http.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The waits between the attempts of one operation or page. */
public final class Backoff {

  /** Even if a service asks for none, so that no service is polled in a busy loop. */
  private static final Duration SHORTEST_REQUESTED = Duration.ofMillis(250);

  private final RetryPolicy policy;
  private double nextMillis;

  /** Starts with the initial backoff of a policy. */
  public Backoff(RetryPolicy policy) {
    this.policy = policy;
    this.nextMillis = millis(policy.initialBackoff());
  }

  /**
   * Returns the next wait.
   *
   * @param retryAfter what the service asked for; null if it asked for nothing
   */
  public Duration next(@Nullable Duration retryAfter) {
    if (retryAfter != null) {
      return retryAfter.compareTo(SHORTEST_REQUESTED) < 0 ? SHORTEST_REQUESTED : retryAfter;
    }
    double random = ThreadLocalRandom.current().nextDouble(-1, 1);
    Duration wait =
        Duration.ofMillis(Math.max(1, (long) (nextMillis * (1 + policy.jitter() * random))));
    nextMillis = Math.min(nextMillis * policy.multiplier(), millis(policy.maxBackoff()));
    return wait;
  }

  /** Returns any time, even one with more milliseconds than a long has. */
  private static double millis(Duration time) {
    return time.getSeconds() * 1e3 + time.getNano() / 1e6;
  }
}
