package io.github.idc4j.client.internal.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** Starts at the system time and is not affected when the system time is set. */
public final class MonotonicClock extends Clock {

  private final Clock system = Clock.systemUTC();
  private final Instant start = system.instant();
  private final long startNanos = System.nanoTime();

  @Override
  public ZoneId getZone() {
    return system.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("The client reads instants only.");
  }

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }
}
