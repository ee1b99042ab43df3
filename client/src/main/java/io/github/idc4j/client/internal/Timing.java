package io.github.idc4j.client.internal;

import io.github.idc4j.client.Sleeper;
import java.time.Clock;
import java.time.Duration;

/**
 * How long things may take, and how often they are tried.
 *
 * @param attempt time of one request, its answer included
 * @param total time of one page or of one operation that has none, waits and repeats included
 * @param walk time of a walk, the caller's own time included
 * @param maxAttempts requests for one page at most
 * @param maxFailures attempts for one page that may fail in a row
 * @param clock what tells the time
 * @param sleeper what waits
 */
public record Timing(
    Duration attempt,
    Duration total,
    Duration walk,
    int maxAttempts,
    int maxFailures,
    Clock clock,
    Sleeper sleeper) {

  private static final Duration ASIDE = Duration.ofSeconds(10);

  /** Returns the timing of a question that is asked aside: briefly, and once. */
  Timing once() {
    Duration shorter = total.compareTo(ASIDE) < 0 ? total : ASIDE;
    return new Timing(attempt, shorter, walk, 1, 0, clock, sleeper);
  }
}
