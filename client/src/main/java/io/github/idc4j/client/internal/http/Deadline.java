package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.error.IdcTimeoutException.Limit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A point in time at which something must have ended, and the limit that it comes from. */
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

  /** Returns a deadline that starts now. */
  public static Deadline in(Duration time, Limit limit, Clock clock) {
    Instant now = clock.instant();
    return new Deadline(clock, now, end(now, time), limit);
  }

  /** Returns a deadline that starts now and ends no later than this one. */
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

  /** Returns the limit that this deadline comes from. */
  public Limit limit() {
    return limit;
  }

  /** Returns the time since the start. */
  public Duration elapsed() {
    return Duration.between(start, clock.instant());
  }

  /** Returns the time left; negative after the end. */
  public Duration left() {
    return Duration.between(clock.instant(), end);
  }
}
