package io.github.idc4j.client.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A time that must not be passed, and the time since it was set. */
final class Deadline {

  private final Clock clock;
  private final Instant begun;
  private final Instant end;

  private Deadline(Clock clock, Instant begun, Instant end) {
    this.clock = clock;
    this.begun = begun;
    this.end = end;
  }

  static Deadline in(Duration time, Clock clock) {
    Instant now = clock.instant();
    return new Deadline(clock, now, end(now, time));
  }

  /** Returns a deadline that begins now and is no later than this one. */
  Deadline within(Duration time) {
    Instant now = clock.instant();
    Instant own = end(now, time);
    return new Deadline(clock, now, own.isBefore(end) ? own : end);
  }

  private static Instant end(Instant now, Duration time) {
    return time.compareTo(Duration.between(now, Instant.MAX)) < 0 ? now.plus(time) : Instant.MAX;
  }

  Duration elapsed() {
    return Duration.between(begun, clock.instant());
  }

  /** Returns the time that is left; negative when it is over. */
  Duration left() {
    return Duration.between(clock.instant(), end);
  }
}
