package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Capabilities;
import io.github.idc4j.conformance.internal.http.RetryPolicy;
import io.github.idc4j.conformance.rule.Level;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Creates conformance runs. Not thread-safe. */
public final class ConformanceRunBuilder {

  private Optional<URI> baseUrl = Optional.empty();
  private Optional<URI> acceptedBaseUrl = Optional.empty();
  private final RunTokens tokens = new RunTokens();
  private Capabilities capabilities = Capabilities.FULL;
  private final List<Reporter> reporters = new ArrayList<>();
  private Optional<Boolean> writes = Optional.empty();
  private Limits limits = Limits.DEFAULT;
  private NetworkSettings network = NetworkSettings.DEFAULT;
  private Execution execution = Execution.DEFAULT;
  private Selection selection = Selection.ALL;
  private Acceptance acceptance = Acceptance.DEFAULT;
  private RetryPolicy retryPolicy = RetryPolicy.DEFAULT;
  private long seed = 1;
  private Duration staleAge = Duration.ofHours(1); // As long as an ID token is valid.

  ConformanceRunBuilder() {}

  /**
   * Sets the base URL of the service, such as {@code http://127.0.0.1:8080/v1}; required.
   *
   * @throws IllegalArgumentException if it is not an http or https URL with a host, or has more
   *     than a path after the host; the message never has a password
   */
  public ConformanceRunBuilder baseUrl(URI newBaseUrl) {
    baseUrl = Optional.of(BaseUrl.checked("baseUrl", newBaseUrl));
    return this;
  }

  /**
   * Sets a base URL at which the same service returns 202 before each first page; none by default.
   * Without it, checks of pending queries are skipped if the service is too fast.
   *
   * @throws IllegalArgumentException as {@link #baseUrl} does
   */
  public ConformanceRunBuilder acceptedBaseUrl(URI newAcceptedBaseUrl) {
    acceptedBaseUrl = Optional.of(BaseUrl.checked("acceptedBaseUrl", newAcceptedBaseUrl));
    return this;
  }

  /**
   * Sets the ID token of a user; null or blank, the default, for none. Without it, checks that need
   * a user are skipped.
   */
  public ConformanceRunBuilder token(String newToken) {
    return token(Caller.FIRST, newToken);
  }

  /** Sets the ID token of another user, as {@link #token}. */
  public ConformanceRunBuilder secondToken(String newToken) {
    return token(Caller.SECOND, newToken);
  }

  /** Sets an expired ID token of the first user, as {@link #token}. */
  public ConformanceRunBuilder expiredToken(String newToken) {
    return token(Caller.EXPIRED, newToken);
  }

  /** Sets an ID token of a user that the service does not know, as {@link #token}. */
  public ConformanceRunBuilder unknownUserToken(String newToken) {
    return token(Caller.STRANGER, newToken);
  }

  /** Sets a valid ID token without an e-mail address, as {@link #token}. */
  public ConformanceRunBuilder tokenWithoutEmail(String newToken) {
    return token(Caller.NAMELESS, newToken);
  }

  /**
   * Sets the ID tokens of environment variables: {@code IDC4J_TOKEN}, {@code IDC4J_SECOND_TOKEN},
   * {@code IDC4J_EXPIRED_TOKEN}, {@code IDC4J_STRANGER_TOKEN} (for {@link #unknownUserToken}) and
   * {@code IDC4J_NAMELESS_TOKEN} (for {@link #tokenWithoutEmail}).
   */
  public ConformanceRunBuilder tokensFrom(Map<String, String> environment) {
    tokens.setAll(environment);
    return this;
  }

  ConformanceRunBuilder token(Caller caller, String newToken) {
    tokens.set(caller, newToken);
    return this;
  }

  /** Adds a reporter; none by default. */
  public ConformanceRunBuilder reporter(Reporter newReporter) {
    reporters.add(Objects.requireNonNull(newReporter));
    return this;
  }

  /**
   * Sets whether to send requests that could change data: saving and deleting cohorts, and wrong
   * methods. By default, only for services on loopback.
   */
  public ConformanceRunBuilder allowWrites(boolean newWrites) {
    writes = Optional.of(newWrites);
    return this;
  }

  /**
   * Sets the maximum number of requests, without those that delete the run's cohorts; unlimited by
   * default. Checks that need more are skipped.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public ConformanceRunBuilder maxRequests(int newMaxRequests) {
    limits = limits.withMaxRequests(newMaxRequests);
    return this;
  }

  /**
   * Sets the maximum time of the checks; a day by default. Checks that need more are skipped. The
   * run deletes its cohorts even after this time.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public ConformanceRunBuilder maxTime(Duration newMaxTime) {
    limits = limits.withMaxTime(newMaxTime);
    return this;
  }

  /**
   * Sets the part of {@link #maxTime} that was used before the run; zero by default.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public ConformanceRunBuilder elapsed(Duration newElapsed) {
    limits = limits.withElapsed(newElapsed);
    return this;
  }

  /**
   * Sets the maximum rate of requests; 0, the default, for no limit.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public ConformanceRunBuilder requestsPerSecond(double newRequestsPerSecond) {
    limits = limits.withRequestsPerSecond(newRequestsPerSecond);
    return this;
  }

  /**
   * Sets the number of checks that run at the same time; one by default. The outcomes and their
   * order do not depend on it, but with several jobs the order of the requests varies.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public ConformanceRunBuilder jobs(int newJobs) {
    execution = execution.withJobs(newJobs);
    return this;
  }

  /** Sets whether to skip the checks after the first failure; false by default. */
  public ConformanceRunBuilder failFast(boolean newFailFast) {
    execution = execution.withFailFast(newFailFast);
    return this;
  }

  /**
   * Selects the checks that have one of the rules, are in one of the areas, and have a rule of one
   * of the levels. By default all; empty rules or areas select all.
   *
   * @throws IllegalArgumentException for an unknown rule or area, with the known ones
   */
  public ConformanceRunBuilder select(Set<String> rules, Set<String> areas, Set<Level> levels) {
    selection = new Selection(rules, areas, levels, selection.excluded());
    return this;
  }

  /**
   * Sets rules that are not verified; none by default. A check without another rule does not run,
   * and a check that finds a violation of an excluded rule is skipped.
   *
   * @throws IllegalArgumentException for an unknown rule, with the known ones
   */
  public ConformanceRunBuilder excludeRules(Set<String> rules) {
    selection = selection.excluding(rules);
    return this;
  }

  /**
   * Sets the maximum time to wait for a complete response; two minutes by default. A check without
   * a response in time is slow: neither passed nor failed.
   *
   * @throws IllegalArgumentException if it is not positive, or longer than a day
   */
  public ConformanceRunBuilder responseTimeout(Duration newTimeout) {
    return retryPolicy(new RetryPolicy(retryPolicy.maxAttempts(), newTimeout));
  }

  ConformanceRunBuilder retryPolicy(RetryPolicy newRetryPolicy) {
    retryPolicy = newRetryPolicy;
    return this;
  }

  /**
   * Sets the maximum time for which a query may be pending; ten minutes by default. After it, the
   * check fails.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public ConformanceRunBuilder maxPending(Duration newMaxPending) {
    limits = limits.withMaxPending(newMaxPending);
    return this;
  }

  /** Sets the seed of the random choices, such as the collection; 1 by default. */
  public ConformanceRunBuilder seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  ConformanceRunBuilder staleAge(Duration newStaleAge) {
    staleAge = newStaleAge;
    return this;
  }

  /**
   * Sets capabilities that the service does not offer; none by default. Checks that need one are
   * listed as not offered. Names are {@code cohorts}, {@code account}, {@code dicomMetadata},
   * operations such as {@code queryCohort}, and columns such as {@code column:SOPInstanceUID}.
   *
   * @throws IllegalArgumentException for an unknown name, with the known ones
   */
  public ConformanceRunBuilder without(Set<String> names) {
    capabilities = Capabilities.without(names);
    return this;
  }

  /**
   * Sets the percentage of the applicable rules that a run must verify; 80 by default. With less,
   * the result is an error, because almost nothing may have been verified.
   *
   * @throws IllegalArgumentException if it is not between 0 and 100
   */
  public ConformanceRunBuilder minRules(int newMinRules) {
    acceptance = acceptance.withMinRules(newMinRules);
    return this;
  }

  /** Sets the known failures; none by default. */
  public ConformanceRunBuilder knownFailures(KnownFailures newKnownFailures) {
    acceptance = acceptance.withKnownFailures(newKnownFailures);
    return this;
  }

  /** Sets how the run reaches the service; by default without headers and without a proxy. */
  public ConformanceRunBuilder network(NetworkSettings newNetwork) {
    network = Objects.requireNonNull(newNetwork);
    return this;
  }

  /**
   * Returns a run with these settings.
   *
   * @throws IllegalStateException without a base URL
   * @throws IllegalArgumentException if a proxy is invalid, or plain http is not allowed for the ID
   *     tokens; see {@link NetworkSettings.Builder#allowPlainHttp}
   */
  public ConformanceRun build() {
    URI url =
        baseUrl.orElseThrow(
            () -> new IllegalStateException("baseUrl is required. Call baseUrl()."));
    return new ConformanceRun(
        new RunSettings(
            url,
            acceptedBaseUrl,
            tokens.asMap(),
            capabilities,
            reporters,
            writes.orElse(BaseUrl.isLoopback(url)),
            limits,
            network,
            execution,
            selection,
            acceptance,
            retryPolicy,
            seed,
            staleAge));
  }
}
