package io.github.idc4j.conformance.internal.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The number of retries, and the maximum time to wait for a response.
 *
 * @param maxAttempts maximum number of attempts if the service does not respond or is overloaded.
 *     Rate-limited requests (429) are retried for up to 90 s instead, because many rate limits have
 *     a window of a minute.
 * @param responseTimeout maximum time to wait for a complete response
 */
public record RetryPolicy(int maxAttempts, Duration responseTimeout) {

  /**
   * The default: eight attempts, the last about 2.5 s after the first, and a timeout of two
   * minutes.
   */
  public static final RetryPolicy DEFAULT = new RetryPolicy(8, Duration.ofMinutes(2));

  static final int TOO_MANY_REQUESTS = 429;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

  /** Maximum total backoff. It is longer than a minute, which is the window of many rate limits. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(90);

  /**
   * Checks the timeout.
   *
   * @throws IllegalArgumentException if the timeout is not positive, or longer than a day
   */
  public RetryPolicy {
    if (responseTimeout.isZero()
        || responseTimeout.isNegative()
        || responseTimeout.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "responseTimeout must be positive and at most a day, but was " + responseTimeout);
    }
  }

  /**
   * Returns the backoff before the next attempt, or empty if there must be no further attempt. The
   * backoff is the Retry-After value of the service. Without a Retry-After value, the backoff
   * doubles with each attempt, up to a maximum.
   *
   * @param sent number of attempts so far
   * @param waited total backoff so far
   * @param status status code of the response; 0 if there is no response
   * @param retryAfter value of the Retry-After header; empty if the response lacks the header
   * @param now the current time
   */
  Optional<Duration> pause(int sent, Duration waited, int status, String retryAfter, Instant now) {
    if (status != TOO_MANY_REQUESTS && sent >= maxAttempts) {
      return Optional.empty();
    }
    Duration pause =
        requested(retryAfter, now)
            .orElseGet(
                () -> min(MAX_PAUSE, FIRST_PAUSE.multipliedBy(1L << Math.min(sent - 1, 20))));
    return Optional.of(pause).filter(time -> waited.plus(time).compareTo(MAX_WAIT) <= 0);
  }

  private static Optional<Duration> requested(String retryAfter, Instant now) {
    if (retryAfter.matches("\\d{1,6}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
    }
    try {
      Duration time =
          Duration.between(
              now, ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME));
      return Optional.of(time.isNegative() ? Duration.ZERO : time);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
