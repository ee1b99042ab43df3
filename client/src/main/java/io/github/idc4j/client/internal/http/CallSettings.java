package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.http.Sleeper;
import java.time.Clock;
import java.time.Duration;

/**
 * The limits of requests and walks, the retry policy, and the sources of time.
 *
 * @param attemptTimeout maximum time for one request, including its credentials and its response
 * @param totalTimeout maximum time for one page, or for one operation without pages, including
 *     retries and waits
 * @param walkTimeout maximum time for one walk, including the caller's own processing
 * @param maxAttempts maximum number of requests for one page or operation
 * @param retryPolicy when to retry, and how long to wait
 * @param maxResponseBytes maximum number of bytes in a decompressed response body
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

  /** Returns these settings with another timeout for walks. */
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

  /** Returns these settings with another timeout for operations and pages. */
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
