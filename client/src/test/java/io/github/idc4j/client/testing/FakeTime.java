package io.github.idc4j.client.testing;

import io.github.idc4j.client.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A clock that begins in 1970 and stands still, and a sleeper that puts it forward instead of
 * waiting. Safe for use by several threads.
 *
 * <pre>{@code
 * FakeTime time = new FakeTime();
 * IdcClient client = IdcClient.builder().time(time, time.sleeper()).build();
 * }</pre>
 */
public final class FakeTime extends Clock {

  private final List<Duration> sleeps = new CopyOnWriteArrayList<>();
  private Instant now = Instant.EPOCH;

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Puts the clock forward. */
  public synchronized void pass(Duration time) {
    now = now.plus(time);
  }

  /** Returns a sleeper that puts this clock forward. */
  public Sleeper sleeper() {
    return (time, stop) -> {
      sleeps.add(time);
      pass(time);
    };
  }

  /** Returns the times slept, in order. */
  public List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }
}
