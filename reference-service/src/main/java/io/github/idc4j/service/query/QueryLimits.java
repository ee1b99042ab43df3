package io.github.idc4j.service.query;

import java.time.Duration;
import java.util.Objects;

/**
 * The limits for queries. A request that would exceed a number is refused with 429. Requests for
 * the rows of a query that was begun before are always allowed.
 *
 * @param running the maximum number of queries that run at the same time; the engine may allow
 *     fewer
 * @param queued the maximum number of queries that wait until they can run
 * @param perCaller the maximum number of queries of a caller that run or wait; all anonymous
 *     callers together count as one caller
 * @param time how long a query may run before it is canceled and its requests are refused with 400
 */
public record QueryLimits(int running, int queued, int perCaller, Duration time) {

  /** Validates the limits. */
  public QueryLimits {
    Objects.requireNonNull(time);
    if (running < 1 || queued < 1 || perCaller < 1 || time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("The limits of queries must be positive.");
    }
  }

  /**
   * Returns the default limits: 64 running queries, 256 queries that wait, 64 queries for each
   * caller, and 10 minutes.
   */
  public static QueryLimits standard() {
    return new QueryLimits(64, 256, 64, Duration.ofMinutes(10));
  }
}
