package io.github.idc4j.conformance.internal.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Limits the rate, number, time and kind of the requests of a run. Requests that clean up are only
 * rate-limited. Thread-safe.
 */
public final class RequestBudget {

  /** A run ends at most this long after its time. */
  private static final Duration CLEAN_UP = Duration.ofSeconds(2);

  private final boolean writes;
  private final int maxRequests;
  private final Duration maxTime;
  private final long interval;
  private final Ticker ticker;
  private final long begun;
  private long next;
  private int sent;
  private volatile boolean exhausted;
  private volatile boolean closed;

  /**
   * Creates a budget whose time begins now.
   *
   * @param writes whether requests that could change data are allowed
   * @param maxRequests maximum number of requests
   * @param maxTime maximum time
   * @param perSecond maximum number of requests per second; 0 for no limit
   * @param elapsed part of the time that was used before
   */
  public RequestBudget(
      boolean writes, int maxRequests, Duration maxTime, double perSecond, Duration elapsed) {
    this(writes, maxRequests, maxTime, perSecond, elapsed, Ticker.SYSTEM);
  }

  RequestBudget(
      boolean writes,
      int maxRequests,
      Duration maxTime,
      double perSecond,
      Duration elapsed,
      Ticker ticker) {
    this.writes = writes;
    this.maxRequests = maxRequests;
    this.maxTime = maxTime;
    this.interval = perSecond > 0 ? Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond) : 0;
    this.ticker = ticker;
    this.next = ticker.nanoTime();
    this.begun = next - elapsed.toNanos();
  }

  /** Returns a budget without a limit of number, time and rate. */
  public static RequestBudget unbounded(boolean writes) {
    return new RequestBudget(writes, Integer.MAX_VALUE, Duration.ofDays(1), 0, Duration.ZERO);
  }

  /** Returns whether requests that could change data are allowed. */
  public boolean writes() {
    return writes;
  }

  /** Returns the number of requests so far. */
  public synchronized int sent() {
    return sent;
  }

  /** Returns whether a check was skipped because the number or the time was exhausted. */
  public boolean isExhausted() {
    return exhausted;
  }

  /** Refuses further requests except those that clean up. */
  public void close() {
    closed = true;
  }

  /** Returns whether {@link #close} was called. */
  boolean isClosed() {
    return closed;
  }

  /** Skips the check because the run was interrupted. */
  static Skipped interrupted() {
    return Skipped.byLimit("the run was interrupted");
  }

  /** Waits until the request may be sent; skips the check if it must not be sent. */
  void pass(ApiRequest request) {
    Skipped.unless(
        writes || request.isReading(),
        "the check sends "
            + request.method()
            + ", which could change data; allow it with --allow-writes");
    if (closed) {
      throw interrupted();
    }
    pause(Duration.ofNanos(take(maxRequests)));
  }

  /** Waits until a request that cleans up may be sent. */
  void passCleanUp(ApiRequest request) {
    if (!writes && !request.isReading()) {
      throw new IllegalStateException("A run that only reads sends no " + request.method());
    }
    ticker.sleep(take(Integer.MAX_VALUE));
  }

  /** Takes the next turn, and returns the nanoseconds until then. */
  private synchronized long take(int most) {
    if (sent >= most) {
      exhaust("the limit of " + most + " requests is reached");
    }
    long now = ticker.nanoTime();
    long wait = Math.max(0, next - now);
    next = now + wait + interval;
    sent++;
    return wait;
  }

  /** Waits; skips the check if the run has less time left. */
  public void pause(Duration time) {
    if (time.compareTo(rest()) >= 0) {
      outOfTime();
    }
    ticker.sleep(time.toNanos());
  }

  /** Waits, even if the run has less time left. */
  void pauseCleanUp(Duration time) {
    ticker.sleep(time.toNanos());
  }

  /** Returns the time left for requests that clean up; not positive after it. */
  Duration cleanUpRest() {
    return rest().plus(CLEAN_UP);
  }

  /** Returns the remaining time of the run; not positive after it. */
  Duration rest() {
    return maxTime.minusNanos(ticker.nanoTime() - begun);
  }

  /** Skips the check because the time of the run is over. */
  void outOfTime() {
    exhaust("the limit of " + maxTime.toSeconds() + " s is reached");
  }

  private void exhaust(String reason) {
    exhausted = true;
    throw Skipped.byLimit(reason);
  }
}
