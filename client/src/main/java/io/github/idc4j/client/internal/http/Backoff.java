package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.http.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Computes the waits between the attempts of one operation or page. */
public final class Backoff {

  /**
   * The minimum for a wait that the service requests, so that the client never polls in a busy
   * loop.
   */
  private static final Duration SHORTEST_REQUESTED = Duration.ofMillis(250);

  private final RetryPolicy policy;
  private double nextMillis;

  /** Creates a backoff that starts with the initial backoff of the policy. */
  public Backoff(RetryPolicy policy) {
    this.policy = policy;
    this.nextMillis = millis(policy.initialBackoff());
  }

  /**
   * Returns the next wait.
   *
   * @param retryAfter the wait that the service asked for; null if the service asked for no wait
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

  /**
   * Converts a duration to milliseconds. The result is a double, because a very long duration has
   * more milliseconds than a {@code long} can hold.
   */
  private static double millis(Duration time) {
    return time.getSeconds() * 1e3 + time.getNano() / 1e6;
  }
}
