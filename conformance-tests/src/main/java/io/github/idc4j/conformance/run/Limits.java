package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.http.RequestBudget;
import java.time.Duration;

/**
 * The limits of a run. Immutable.
 *
 * @param maxRequests maximum number of requests
 * @param maxTime maximum duration of the checks
 * @param elapsed part of {@code maxTime} that is already used when the run begins
 * @param requestsPerSecond maximum number of requests per second; 0 for no limit
 * @param maxPending maximum time that a query may be pending
 */
record Limits(
    int maxRequests,
    Duration maxTime,
    Duration elapsed,
    double requestsPerSecond,
    Duration maxPending) {

  /** Long enough for many 202 responses: the deployed service waited 30 s before each of them. */
  private static final Duration MAX_PENDING = Duration.ofMinutes(10);

  static final Limits DEFAULT =
      new Limits(Integer.MAX_VALUE, Duration.ofDays(1), Duration.ZERO, 0, MAX_PENDING);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a value is out of range; the message contains its name
   */
  Limits {
    if (maxRequests < 1) {
      throw new IllegalArgumentException("maxRequests must be positive, but was " + maxRequests);
    }
    if (maxTime.isZero() || maxTime.isNegative()) {
      throw new IllegalArgumentException("maxTime must be positive, but was " + maxTime);
    }
    if (elapsed.isNegative()) {
      throw new IllegalArgumentException("elapsed must not be negative, but was " + elapsed);
    }
    if (!(requestsPerSecond >= 0)) {
      throw new IllegalArgumentException(
          "requestsPerSecond must not be negative, but was " + requestsPerSecond);
    }
    if (maxPending.isNegative()) {
      throw new IllegalArgumentException("maxPending must not be negative, but was " + maxPending);
    }
  }

  Limits withMaxRequests(int newMaxRequests) {
    return new Limits(newMaxRequests, maxTime, elapsed, requestsPerSecond, maxPending);
  }

  Limits withMaxTime(Duration newMaxTime) {
    return new Limits(maxRequests, newMaxTime, elapsed, requestsPerSecond, maxPending);
  }

  Limits withElapsed(Duration newElapsed) {
    return new Limits(maxRequests, maxTime, newElapsed, requestsPerSecond, maxPending);
  }

  Limits withRequestsPerSecond(double newRequestsPerSecond) {
    return new Limits(maxRequests, maxTime, elapsed, newRequestsPerSecond, maxPending);
  }

  Limits withMaxPending(Duration newMaxPending) {
    return new Limits(maxRequests, maxTime, elapsed, requestsPerSecond, newMaxPending);
  }

  /**
   * Returns a budget with these limits. The time of the run begins now.
   *
   * @param writes whether requests that could change data are allowed
   */
  RequestBudget newBudget(boolean writes) {
    return new RequestBudget(writes, maxRequests, maxTime, requestsPerSecond, elapsed);
  }
}
