package io.github.idc4j.conformance.internal.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Limits the requests of a run: their rate, number, total time and kind. For requests that clean
 * up, only the rate is limited. Thread-safe.
 */
public final class RequestBudget {

  /** Maximum time for requests that clean up after the time of the run is up. */
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
   * Creates a budget. The time of the run begins now.
   *
   * @param writes whether requests that could change data are allowed
   * @param maxRequests maximum number of requests
   * @param maxTime maximum duration of the run
   * @param perSecond maximum number of requests per second; 0 for no limit
   * @param elapsed part of the maximum duration that is already used
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

  /**
   * Returns a budget that does not limit the number and rate of requests, and allows a day.
   *
   * @param writes whether requests that could change data are allowed
   */
  public static RequestBudget unbounded(boolean writes) {
    return new RequestBudget(writes, Integer.MAX_VALUE, Duration.ofDays(1), 0, Duration.ZERO);
  }

  /** Returns whether requests that could change data are allowed. */
  public boolean writes() {
    return writes;
  }

  /** Returns the number of requests sent so far. */
  public synchronized int sent() {
    return sent;
  }

  /**
   * Returns whether a check was skipped because the maximum number of requests or the maximum
   * duration was reached.
   */
  public boolean isExhausted() {
    return exhausted;
  }

  /** Refuses all further requests except requests that clean up. */
  public void close() {
    closed = true;
  }

  /** Returns whether {@link #close} was called. */
  boolean isClosed() {
    return closed;
  }

  /** Returns the exception that skips a check because the run was interrupted. */
  static Skipped interrupted() {
    return Skipped.byLimit("the run was interrupted");
  }

  /** Waits until the request may be sent. Skips the check if the request must not be sent. */
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

  /**
   * Reserves the time of the next request, and returns the nanoseconds until then.
   *
   * @param most maximum number of requests, including this request
   */
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

  /**
   * Waits for a duration. Skips the check if the duration is longer than the remaining time of the
   * run.
   */
  public void pause(Duration time) {
    if (time.compareTo(rest()) >= 0) {
      outOfTime();
    }
    ticker.sleep(time.toNanos());
  }

  /** Waits for a duration, even if it is longer than the remaining time of the run. */
  void pauseCleanUp(Duration time) {
    ticker.sleep(time.toNanos());
  }

  /**
   * Returns the remaining time for requests that clean up; zero or negative after the time is up.
   */
  Duration cleanUpRest() {
    return rest().plus(CLEAN_UP);
  }

  /** Returns the remaining time of the run; zero or negative after the time is up. */
  Duration rest() {
    return maxTime.minusNanos(ticker.nanoTime() - begun);
  }

  /** Skips the check because the time of the run is up. */
  void outOfTime() {
    exhaust("the limit of " + maxTime.toSeconds() + " s is reached");
  }

  private void exhaust(String reason) {
    exhausted = true;
    throw Skipped.byLimit(reason);
  }
}
