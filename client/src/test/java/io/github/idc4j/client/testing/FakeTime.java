package io.github.idc4j.client.testing;

import io.github.idc4j.client.http.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A clock that starts at 1970-01-01 and stands still, and a sleeper that advances it instead of
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

  /** Advances the clock. */
  public synchronized void pass(Duration time) {
    now = now.plus(time);
  }

  /** Returns a sleeper that advances this clock. */
  public Sleeper sleeper() {
    return time -> {
      sleeps.add(time);
      pass(time);
      return CompletableFuture.completedFuture(time);
    };
  }

  /** Returns the durations that were passed to the sleeper, in order. */
  public List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }
}
