package io.github.idc4j.client.internal;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Growing pauses with jitter. */
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private Duration next = FIRST;

  /** Returns the next pause; never less than 200 ms, so that no service is asked without end. */
  Duration next() {
    Duration pause =
        Duration.ofMillis(
            (long) (next.toMillis() * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return pause;
  }

  /** Returns what the service asked for; one that asks for no pause at all still gets one. */
  static Duration asked(Duration retryAfter) {
    return retryAfter.compareTo(FIRST) < 0 ? FIRST : retryAfter;
  }
}
