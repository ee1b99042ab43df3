package io.github.idc4j.conformance.internal.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets requests pass, at the pace and up to the number, time and kind that the run allows. What a
 * run saved is deleted beyond the number and the time too, but at the pace. Safe for use by several
 * threads.
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
   * Makes a budget; the time begins now.
   *
   * @param writes whether requests that could change something may pass
   * @param maxRequests how many pass
   * @param maxTime for how long they pass
   * @param perSecond how many pass in a second; 0 for any number
   * @param elapsed how much of the time has passed already
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

  /** Returns a budget that bounds neither number nor time nor pace. */
  public static RequestBudget unbounded(boolean writes) {
    return new RequestBudget(writes, Integer.MAX_VALUE, Duration.ofDays(1), 0, Duration.ZERO);
  }

  /** Returns whether requests that could change something may pass. */
  public boolean writes() {
    return writes;
  }

  /** Returns how many requests passed. */
  public synchronized int sent() {
    return sent;
  }

  /** Returns whether a check was skipped, as the number or the time was used up. */
  public boolean isExhausted() {
    return exhausted;
  }

  /** Lets no more requests pass but those that clean up. */
  public void close() {
    closed = true;
  }

  /** Returns whether {@link #close} was called. */
  boolean isClosed() {
    return closed;
  }

  /** Skips the check, as the run was interrupted. */
  static Skipped interrupted() {
    return Skipped.because("the run was interrupted");
  }

  /** Waits for the request's turn; skips the check where the request may not pass. */
  void pass(ApiRequest request) {
    Skipped.unless(
        writes || request.isReading(),
        "it sends "
            + request.method()
            + ", which could change something; allow it with --allow-writes");
    if (closed) {
      throw interrupted();
    }
    pause(Duration.ofNanos(take(maxRequests)));
  }

  /** Lets a request pass that cleans up after a check, in its turn. */
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

  /** Waits; skips the check if the run's time ends before. */
  public void pause(Duration time) {
    if (time.compareTo(rest()) >= 0) {
      outOfTime();
    }
    ticker.sleep(time.toNanos());
  }

  /** Waits, even if the run's time ends before. */
  void pauseCleanUp(Duration time) {
    ticker.sleep(time.toNanos());
  }

  /** Returns the time left for requests that clean up; not positive after it. */
  Duration cleanUpRest() {
    return rest().plus(CLEAN_UP);
  }

  /** Returns what is left of the run's time; not positive after it. */
  Duration rest() {
    return maxTime.minusNanos(ticker.nanoTime() - begun);
  }

  /** Skips the check, as the run's time is over. */
  void outOfTime() {
    exhaust("the limit of " + maxTime.toSeconds() + " s is reached");
  }

  private void exhaust(String reason) {
    exhausted = true;
    throw Skipped.because(reason);
  }
}
