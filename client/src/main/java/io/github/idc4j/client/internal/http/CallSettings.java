package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.http.Sleeper;
import java.time.Clock;
import java.time.Duration;

/**
 * The limits of calls, and what measures time.
 *
 * @param attemptTimeout for one request, with its credentials and its response
 * @param totalTimeout for one page, or one operation that has no pages, with retries and waits
 * @param walkTimeout for one walk, with the caller's own time
 * @param maxAttempts most requests for one page or operation
 * @param retryPolicy when to retry, and how long to wait
 * @param maxResponseBytes most bytes of a decoded response body
 * @param clock measures deadlines
 * @param sleeper waits between requests
 */
public record CallSettings(
    Duration attemptTimeout,
    Duration totalTimeout,
    Duration walkTimeout,
    int maxAttempts,
    RetryPolicy retryPolicy,
    long maxResponseBytes,
    Clock clock,
    Sleeper sleeper) {

  /** Returns these settings with another time limit for walks. */
  public CallSettings withWalkTimeout(Duration time) {
    return new CallSettings(
        attemptTimeout,
        totalTimeout,
        time,
        maxAttempts,
        retryPolicy,
        maxResponseBytes,
        clock,
        sleeper);
  }

  /** Returns these settings with another time limit for pages. */
  public CallSettings withTotalTimeout(Duration time) {
    return new CallSettings(
        attemptTimeout,
        time,
        walkTimeout,
        maxAttempts,
        retryPolicy,
        maxResponseBytes,
        clock,
        sleeper);
  }

  /** Returns these settings with another retry policy. */
  public CallSettings withRetryPolicy(RetryPolicy policy) {
    return new CallSettings(
        attemptTimeout,
        totalTimeout,
        walkTimeout,
        maxAttempts,
        policy,
        maxResponseBytes,
        clock,
        sleeper);
  }
}
