package io.github.idc4j.service.http;

import java.time.Duration;
import java.util.Objects;

/**
 * The limits for connections and requests. A connection that exceeds a time is closed.
 *
 * @param connections the maximum number of connections; further clients wait until another
 *     connection is closed
 * @param headerTime the maximum time until a client has sent the headers of its next request; also
 *     the time after which an idle connection is closed
 * @param bodyTime the maximum time for a client to send a request body
 * @param readTime the maximum time for a client to receive each part of a response; a part has at
 *     most a few hundred kilobytes
 * @param bodyBytes the maximum length of a request body in bytes; a longer body is refused with 413
 * @param totalBodyBytes the maximum length of all request bodies that are in memory at the same
 *     time, in bytes; beyond it, bodies of more than 64 KiB are refused with 429
 * @param filterValues the maximum number of values of a filter; a request with more is refused with
 *     400
 */
public record RequestLimits(
    int connections,
    Duration headerTime,
    Duration bodyTime,
    Duration readTime,
    int bodyBytes,
    long totalBodyBytes,
    int filterValues) {

  /** Validates the limits. */
  public RequestLimits {
    Objects.requireNonNull(headerTime);
    Objects.requireNonNull(bodyTime);
    Objects.requireNonNull(readTime);
    if (connections < 1
        || bodyBytes < 1
        || totalBodyBytes < bodyBytes
        || filterValues < 1
        || !isPositive(headerTime)
        || !isPositive(bodyTime)
        || !isPositive(readTime)) {
      throw new IllegalArgumentException(
          "The limits of requests must be positive, and the limit of all bodies must not be less"
              + " than that of one body.");
    }
  }

  private static boolean isPositive(Duration time) {
    return !time.isZero() && !time.isNegative();
  }

  /**
   * Returns the default limits: 2,000 connections, 30 seconds each for headers, for a body and for
   * each part of a response, 10 MiB in a body, 64 MiB in all bodies, and 25,000 values in a filter.
   */
  public static RequestLimits standard() {
    Duration time = Duration.ofSeconds(30);
    return new RequestLimits(2000, time, time, time, 10 << 20, 64L << 20, 25_000);
  }

  /** Returns the same limits with one time for headers, bodies and parts of responses. */
  public RequestLimits withClientTime(Duration time) {
    return new RequestLimits(
        connections, time, time, time, bodyBytes, totalBodyBytes, filterValues);
  }

  /** Returns the same limits with another maximum length of a request body, in bytes. */
  public RequestLimits withBodyBytes(int newBodyBytes) {
    return new RequestLimits(
        connections,
        headerTime,
        bodyTime,
        readTime,
        newBodyBytes,
        Math.max(newBodyBytes, totalBodyBytes),
        filterValues);
  }
}
