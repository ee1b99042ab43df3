package io.github.idc4j.client.internal.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that starts at the system time. Later changes to the system time do not affect it. */
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
