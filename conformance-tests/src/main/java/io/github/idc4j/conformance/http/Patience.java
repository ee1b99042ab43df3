package io.github.idc4j.conformance.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How a service that is there, but disturbed, is borne with.
 *
 * @param requests how often a request is sent at most
 * @param answer for how long an answer is waited for
 */
public record Patience(int requests, Duration answer) {

  /** Eight requests, the last some 2 s after the first; two minutes. */
  public static final Patience USUAL = new Patience(8, Duration.ofMinutes(2));

  private static final long FIRST_PAUSE = 20;
  private static final long MAX_PAUSE_SECONDS = 10;

  /** Waits before a request is sent again: as long as the service asks for, within bounds. */
  void pause(int sent, String retryAfter) {
    long millis =
        retryAfter.matches("\\d{1,6}")
            ? TimeUnit.SECONDS.toMillis(Math.min(MAX_PAUSE_SECONDS, Long.parseLong(retryAfter)))
            : FIRST_PAUSE << (sent - 1);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
