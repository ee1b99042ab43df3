package io.github.idc4j.client;

import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.internal.BaseUrl;
import io.github.idc4j.client.internal.MonotonicClock;
import io.github.idc4j.client.internal.Timing;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Says how a client is to work. Sends nothing. Not safe for use by several threads.
 *
 * <pre>{@code
 * IdcClient client =
 *     IdcClient.builder()
 *         .baseUrl("http://127.0.0.1:8080/v1")
 *         .pageSize(5000)
 *         .totalTimeout(Duration.ofMinutes(30))
 *         .build();
 * }</pre>
 */
public final class IdcClientBuilder {

  Duration connectTimeout = Duration.ofSeconds(10);
  Optional<Credentials> credentials = Optional.empty();
  int pageSize = 1000;
  private String baseUrl = "https://api.imaging.datacommons.cancer.gov/v1";
  private Duration attemptTimeout = Duration.ofSeconds(90);
  private Duration totalTimeout = Duration.ofMinutes(10);
  private Duration walkTimeout = Duration.ofSeconds(Long.MAX_VALUE);
  private int maxAttempts = Integer.MAX_VALUE;
  private int maxFailures = 5;
  private Clock clock = new MonotonicClock();
  private Sleeper sleeper = (time, stop) -> stop.await(time.toNanos(), TimeUnit.NANOSECONDS);

  IdcClientBuilder() {}

  /**
   * Sets the address of the service; by default the public one, which is retired.
   *
   * @param newBaseUrl such as {@code http://127.0.0.1:8080/v1}; with or without a slash at its end
   */
  public IdcClientBuilder baseUrl(String newBaseUrl) {
    baseUrl = Objects.requireNonNull(newBaseUrl);
    return this;
  }

  /** Sets whom the client acts for; by default nobody, and the caller is anonymous. */
  public IdcClientBuilder credentials(Credentials newCredentials) {
    credentials = Optional.of(newCredentials);
    return this;
  }

  /**
   * Sets how many rows a page may have; by default 1000. The service has no maximum.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public IdcClientBuilder pageSize(int newPageSize) {
    pageSize = positive("page size", newPageSize);
    return this;
  }

  /**
   * Sets how long a connection may take to come about; by default 10 s.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public IdcClientBuilder connectTimeout(Duration newConnectTimeout) {
    connectTimeout = positive("connect timeout", newConnectTimeout);
    return this;
  }

  /**
   * Sets how long one request may take, from its first byte to the last of its answer; by default
   * 90 s. The service takes some 30 s before it answers 202. One that takes longer is given up, and
   * sent again where it may be.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public IdcClientBuilder attemptTimeout(Duration newAttemptTimeout) {
    attemptTimeout = positive("attempt timeout", newAttemptTimeout);
    return this;
  }

  /**
   * Sets how long one page may take, or one operation that has no pages: answers 202, repeats and
   * waits included; by default 10 min. When it is over, {@link
   * io.github.idc4j.client.error.QueryTimeoutException} is thrown, even from the midst of an
   * answer.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public IdcClientBuilder totalTimeout(Duration newTotalTimeout) {
    totalTimeout = positive("total timeout", newTotalTimeout);
    return this;
  }

  /**
   * Sets how long a walk may go on sending requests, counted from where it begins, the caller's own
   * time between pages included; by default for ever.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public IdcClientBuilder walkTimeout(Duration newWalkTimeout) {
    walkTimeout = positive("walk timeout", newWalkTimeout);
    return this;
  }

  /**
   * Sets how many requests one page may take, answers 202 included; by default any number that its
   * time allows.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public IdcClientBuilder maxAttempts(int newMaxAttempts) {
    maxAttempts = positive("number of attempts", newMaxAttempts);
    return this;
  }

  /**
   * Sets how often a request is sent again after failures in a row; by default 5 times. Failures
   * are the statuses 429, 502, 503 and 504, no connection, and an answer that is cut short.
   * Creating and deleting cohorts is never repeated.
   *
   * @param newMaxFailures 0 for never
   * @throws IllegalArgumentException if it is negative
   */
  public IdcClientBuilder maxFailures(int newMaxFailures) {
    if (newMaxFailures < 0) {
      throw new IllegalArgumentException(
          "The number of failures is not negative, but this is " + newMaxFailures);
    }
    maxFailures = newMaxFailures;
    return this;
  }

  /**
   * Sets what tells the time and what waits, for tests; the artifact's test-jar has a clock that
   * stands still until it is waited for.
   */
  public IdcClientBuilder time(Clock newClock, Sleeper newSleeper) {
    clock = Objects.requireNonNull(newClock);
    sleeper = Objects.requireNonNull(newSleeper);
    return this;
  }

  /**
   * Returns the client; sends nothing.
   *
   * @throws IllegalArgumentException if the base URL is none or has more than a path, or if an ID
   *     token would go over plain http to another machine
   */
  public IdcClient build() {
    BaseUrl url = BaseUrl.parse(baseUrl);
    if (credentials.isPresent() && !url.mayHaveTokens()) {
      throw new IllegalArgumentException(
          "An ID token is not sent over plain http to "
              + url.url().host()
              + "; use an https base URL, or no credentials");
    }
    Timing timing =
        new Timing(
            attemptTimeout, totalTimeout, walkTimeout, maxAttempts, maxFailures, clock, sleeper);
    return new IdcClient(this, url, timing);
  }

  private static int positive(String name, int number) {
    if (number < 1) {
      throw new IllegalArgumentException("The " + name + " is positive, not " + number);
    }
    return number;
  }

  private static Duration positive(String name, Duration time) {
    if (time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException("The " + name + " is positive, not " + time);
    }
    return time;
  }
}
