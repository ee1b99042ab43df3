package io.github.idc4j.client.http;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Defines when and how often the client retries a failed request. Immutable.
 *
 * <p>The client retries in two cases: after the {@linkplain #statuses() status codes} of the
 * policy, and after {@linkplain #retryConnectionFailures() connection failures}. A connection
 * failure means that there was no complete response within {@code attemptTimeout}. A {@code
 * Retry-After} header in the response replaces the backoff. If a wait would exceed one of the
 * client's timeouts, the operation fails at once.
 *
 * <p>The client never retries a request that creates or deletes cohorts. It also never retries
 * after a certificate error, after a failed proxy authentication, or after a response that can't be
 * decoded. After a 401, the client sends any request once more if the credentials have a new ID
 * token, regardless of this policy.
 *
 * <p>While a query is pending (202), the client polls with the same backoff. A poll is not a retry,
 * and {@link #maxRetries()} does not limit polls.
 *
 * <pre>{@code
 * RetryPolicy policy = RetryPolicy.defaults().toBuilder().maxRetries(2).build();
 * IdcClient client = IdcClient.builder().retryPolicy(policy).build();
 * }</pre>
 */
public final class RetryPolicy {

  private static final RetryPolicy DEFAULTS = new Builder().build();
  private static final RetryPolicy NONE = new Builder().maxRetries(0).build();

  private final int maxRetries;
  private final Set<Integer> statuses;
  private final boolean retryConnectionFailures;
  private final Duration initialBackoff;
  private final Duration maxBackoff;
  private final double multiplier;
  private final double jitter;

  private RetryPolicy(Builder builder) {
    maxRetries = builder.maxRetries;
    statuses = builder.statuses;
    retryConnectionFailures = builder.retryConnectionFailures;
    initialBackoff = builder.initialBackoff;
    maxBackoff = builder.maxBackoff;
    multiplier = builder.multiplier;
    jitter = builder.jitter;
  }

  /**
   * Returns the default policy. It allows 5 retries in a row, after connection failures and after
   * the status codes 429, 502, 503 and 504. The backoff starts at 250 ms and doubles with each
   * retry up to 10 s; the jitter is 20 %.
   */
  public static RetryPolicy defaults() {
    return DEFAULTS;
  }

  /** Returns a policy that never retries. Polls use the default backoff. */
  public static RetryPolicy none() {
    return NONE;
  }

  /** Returns a builder with the default settings. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder with the settings of this policy. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.maxRetries = maxRetries;
    builder.statuses = statuses;
    builder.retryConnectionFailures = retryConnectionFailures;
    builder.initialBackoff = initialBackoff;
    builder.maxBackoff = maxBackoff;
    builder.multiplier = multiplier;
    builder.jitter = jitter;
    return builder;
  }

  /**
   * Returns the maximum number of retries in a row for one operation or page; 0 if the client does
   * not retry.
   */
  public int maxRetries() {
    return maxRetries;
  }

  /** Returns the status codes after which the client retries. */
  public Set<Integer> statuses() {
    return statuses;
  }

  /**
   * Returns whether the client retries if there was no complete response within {@code
   * attemptTimeout}.
   */
  public boolean retryConnectionFailures() {
    return retryConnectionFailures;
  }

  /** Returns the wait before the first retry or poll, without jitter. */
  public Duration initialBackoff() {
    return initialBackoff;
  }

  /** Returns the longest wait, without jitter. */
  public Duration maxBackoff() {
    return maxBackoff;
  }

  /** Returns the factor by which the wait grows from one retry to the next. */
  public double multiplier() {
    return multiplier;
  }

  /** Returns the largest random change of a wait, as a fraction of the wait, from 0 to 1. */
  public double jitter() {
    return jitter;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RetryPolicy policy && toString().equals(policy.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return "RetryPolicy[maxRetries=%d, statuses=%s, retryConnectionFailures=%s, initialBackoff=%s, maxBackoff=%s, multiplier=%s, jitter=%s]"
        .formatted(
            maxRetries,
            statuses.stream().sorted().map(String::valueOf).collect(Collectors.joining(" ")),
            retryConnectionFailures,
            initialBackoff,
            maxBackoff,
            multiplier,
            jitter);
  }

  /** Builds a {@link RetryPolicy}. Not safe for use by several threads. */
  public static final class Builder {

    private int maxRetries = 5;
    private Set<Integer> statuses = Set.of(429, 502, 503, 504);
    private boolean retryConnectionFailures = true;
    private Duration initialBackoff = Duration.ofMillis(250);
    private Duration maxBackoff = Duration.ofSeconds(10);
    private double multiplier = 2;
    private double jitter = 0.2;

    private Builder() {}

    /**
     * Sets the maximum number of retries in a row for one operation or page. Defaults to 5. With 0,
     * the client does not retry. The count starts again after each page, and after each response
     * that the query is pending.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public Builder maxRetries(int newMaxRetries) {
      require(newMaxRetries >= 0, "maxRetries must not be negative", newMaxRetries);
      maxRetries = newMaxRetries;
      return this;
    }

    /**
     * Sets the status codes after which the client retries. Defaults to 429, 502, 503 and 504.
     *
     * @throws IllegalArgumentException if a status code is not from 400 to 599
     */
    public Builder statuses(int... newStatuses) {
      Set<Integer> checked = new TreeSet<>();
      for (int status : newStatuses) {
        require(status >= 400 && status < 600, "A status must be from 400 to 599", status);
        checked.add(status);
      }
      statuses = Set.copyOf(checked);
      return this;
    }

    /**
     * Sets whether the client retries if there was no complete response within {@code
     * attemptTimeout}. Defaults to true.
     */
    public Builder retryConnectionFailures(boolean newRetryConnectionFailures) {
      retryConnectionFailures = newRetryConnectionFailures;
      return this;
    }

    /**
     * Sets the wait before the first retry or poll. Defaults to 250 ms.
     *
     * @throws IllegalArgumentException if the time is not positive
     */
    public Builder initialBackoff(Duration newInitialBackoff) {
      requirePositive("initialBackoff", newInitialBackoff);
      initialBackoff = newInitialBackoff;
      return this;
    }

    /**
     * Sets the longest wait. Defaults to 10 s.
     *
     * @throws IllegalArgumentException if the time is not positive
     */
    public Builder maxBackoff(Duration newMaxBackoff) {
      requirePositive("maxBackoff", newMaxBackoff);
      maxBackoff = newMaxBackoff;
      return this;
    }

    /**
     * Sets the factor by which the wait grows from one retry to the next. Defaults to 2. With 1,
     * all waits are equal.
     *
     * @throws IllegalArgumentException if the factor is less than 1 or not finite
     */
    public Builder multiplier(double newMultiplier) {
      require(
          newMultiplier >= 1 && Double.isFinite(newMultiplier),
          "multiplier must be 1 or greater",
          newMultiplier);
      multiplier = newMultiplier;
      return this;
    }

    /**
     * Sets the largest random change of a wait, as a fraction of the wait. Defaults to 0.2: the
     * client waits between 80 % and 120 % of the backoff.
     *
     * @throws IllegalArgumentException if the fraction is not from 0 to 1
     */
    public Builder jitter(double newJitter) {
      require(newJitter >= 0 && newJitter <= 1, "jitter must be from 0 to 1", newJitter);
      jitter = newJitter;
      return this;
    }

    /**
     * Returns the policy.
     *
     * @throws IllegalArgumentException if {@code initialBackoff} is longer than {@code maxBackoff}
     */
    public RetryPolicy build() {
      require(
          initialBackoff.compareTo(maxBackoff) <= 0,
          "initialBackoff must not be longer than maxBackoff (" + maxBackoff + ")",
          initialBackoff);
      return new RetryPolicy(this);
    }

    private static void requirePositive(String name, Duration time) {
      require(!time.isZero() && !time.isNegative(), name + " must be positive", time);
    }

    private static void require(boolean valid, String rule, Object value) {
      if (!valid) {
        throw new IllegalArgumentException(rule + ", but was " + value + ".");
      }
    }
  }
}
