package io.github.idc4j.conformance.internal.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A clock that advances only by sleeping. */
final class FakeTicker implements Ticker {

  /** The durations of all sleeps. */
  final List<Duration> slept = new ArrayList<>();

  private long now = -5;

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void sleep(long nanos) {
    if (nanos > 0) {
      slept.add(Duration.ofNanos(nanos));
      now += nanos;
    }
  }

  /** Advances the clock. */
  void pass(Duration time) {
    now += time.toNanos();
  }
}
