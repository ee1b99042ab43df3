package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.error.IdcTimeoutException.Limit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The time by which an operation, page or walk must have ended, and the limit that sets this time.
 */
public final class Deadline {

  private final Clock clock;
  private final Instant start;
  private final Instant end;
  private final Limit limit;

  private Deadline(Clock clock, Instant start, Instant end, Limit limit) {
    this.clock = clock;
    this.start = start;
    this.end = end;
    this.limit = limit;
  }

  /** Returns a deadline that starts now and ends after the given time. */
  public static Deadline in(Duration time, Limit limit, Clock clock) {
    Instant now = clock.instant();
    return new Deadline(clock, now, end(now, time), limit);
  }

  /**
   * Returns a deadline that starts now and ends after the given time, but no later than this
   * deadline.
   */
  public Deadline within(Duration time, Limit newLimit) {
    Instant now = clock.instant();
    Instant newEnd = end(now, time);
    return newEnd.isBefore(end)
        ? new Deadline(clock, now, newEnd, newLimit)
        : new Deadline(clock, now, end, limit);
  }

  private static Instant end(Instant now, Duration time) {
    return time.compareTo(Duration.between(now, Instant.MAX)) < 0 ? now.plus(time) : Instant.MAX;
  }

  /** Returns the limit that sets this deadline. */
  public Limit limit() {
    return limit;
  }

  /** Returns the time since this deadline started. */
  public Duration elapsed() {
    return Duration.between(start, clock.instant());
  }

  /** Returns the time until this deadline ends; negative after the end. */
  public Duration left() {
    return Duration.between(clock.instant(), end);
  }
}
