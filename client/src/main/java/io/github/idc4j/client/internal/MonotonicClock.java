package io.github.idc4j.client.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** The time of day at its making, and from then on a clock that nobody sets. */
public final class MonotonicClock extends Clock {

  private final Clock zone;
  private final Instant begun;
  private final long nanos = System.nanoTime();

  /** Begins at the system's time. */
  public MonotonicClock() {
    this.zone = Clock.systemUTC();
    this.begun = zone.instant();
  }

  @Override
  public ZoneId getZone() {
    return zone.getZone();
  }

  @Override
  public Clock withZone(ZoneId newZone) {
    throw new UnsupportedOperationException("The client asks for instants only");
  }

  @Override
  public Instant instant() {
    return begun.plusNanos(System.nanoTime() - nanos);
  }
}
