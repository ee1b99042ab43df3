package io.github.idc4j.conformance.internal.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A time that goes on only where somebody sleeps. */
final class FakeTicker implements Ticker {

  /** How long was slept, each time that it was at all. */
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

  /** Lets time go by. */
  void pass(Duration time) {
    now += time.toNanos();
  }
}
