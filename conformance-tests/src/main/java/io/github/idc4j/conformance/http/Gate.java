package io.github.idc4j.conformance.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/** Lets requests pass, at the pace and up to the number, time and kind that the run allows. */
public final class Gate {

  private final boolean writes;
  private final int maxRequests;
  private final Duration maxTime;
  private final double perSecond;
  private final long begun = System.nanoTime();
  private long next = begun;
  private int passed;

  /**
   * Makes a gate; the time begins now.
   *
   * @param writes whether requests that could change something may pass
   * @param maxRequests how many pass
   * @param maxTime for how long they pass
   * @param perSecond how many pass in a second; 0 for any number
   */
  public Gate(boolean writes, int maxRequests, Duration maxTime, double perSecond) {
    this.writes = writes;
    this.maxRequests = maxRequests;
    this.maxTime = maxTime;
    this.perSecond = perSecond;
  }

  /** Returns a gate that bounds neither number nor time nor pace. */
  public static Gate unbounded(boolean writes) {
    return new Gate(writes, Integer.MAX_VALUE, Duration.ofDays(1), 0);
  }

  /** Returns how many requests passed. */
  int passed() {
    return passed;
  }

  /** Waits for the request's turn; skips the check where the request may not pass. */
  void pass(Call call) {
    Assumptions.assumeTrue(
        writes || call.isRepeatable(),
        "it sends "
            + call.method()
            + ", which could change something; allow it with --allow-writes");
    Assumptions.assumeTrue(
        passed < maxRequests, () -> "the limit of " + maxRequests + " requests is reached");
    Assumptions.assumeTrue(
        System.nanoTime() - begun < maxTime.toNanos(),
        () -> "the limit of " + maxTime.toSeconds() + " s is reached");
    passed++;
    if (perSecond > 0) {
      while (System.nanoTime() < next) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
      next = System.nanoTime() + Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond);
    }
  }

  /** Lets a request pass that removes what a check made; it counts, but is never held back. */
  void passCleanUp() {
    passed++;
  }
}
