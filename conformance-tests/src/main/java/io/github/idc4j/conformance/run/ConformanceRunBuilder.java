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

/**
 * Creates conformance runs. Not thread-safe. Methods that set a number or a duration throw an
 * {@link IllegalArgumentException} if it is outside of the documented range.
 */
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
  private Duration staleAge = Duration.ofHours(1); // An ID token is valid for an hour.

  ConformanceRunBuilder() {}

  /**
   * Sets the base URL of the service, such as {@code http://127.0.0.1:8080/v1}. Required.
   *
   * @throws IllegalArgumentException if this is not an http or https URL with a host and without a
   *     user, query and fragment; the message never contains a password
   */
  public ConformanceRunBuilder baseUrl(URI newBaseUrl) {
    baseUrl = Optional.of(BaseUrl.checked("baseUrl", newBaseUrl));
    return this;
  }

  /**
   * Sets another base URL of the same service, at which it responds with 202 before each first
   * page. Without it, checks of 202 are skipped if the service responds with 200 at once.
   *
   * @throws IllegalArgumentException if the URL is invalid; see {@link #baseUrl}
   */
  public ConformanceRunBuilder acceptedBaseUrl(URI newAcceptedBaseUrl) {
    acceptedBaseUrl = Optional.of(BaseUrl.checked("acceptedBaseUrl", newAcceptedBaseUrl));
    return this;
  }

  /**
   * Sets the ID token of the first user. Without this token, checks that need a user are skipped.
   * In this method and the next four, null or a blank string, the default, means no token.
   */
  public ConformanceRunBuilder token(String newToken) {
    return token(Caller.FIRST, newToken);
  }

  /** Sets the ID token of a second user. Without it, checks that need two users are skipped. */
  public ConformanceRunBuilder secondToken(String newToken) {
    return token(Caller.SECOND, newToken);
  }

  /** Sets an expired ID token of the first user. Without it, checks of such tokens are skipped. */
  public ConformanceRunBuilder expiredToken(String newToken) {
    return token(Caller.EXPIRED, newToken);
  }

  /**
   * Sets an ID token of a user who has no account on the service. Without it, checks of unknown
   * users are skipped.
   */
  public ConformanceRunBuilder unknownUserToken(String newToken) {
    return token(Caller.STRANGER, newToken);
  }

  /**
   * Sets a valid ID token that has no e-mail address. Without it, checks of such tokens are
   * skipped.
   */
  public ConformanceRunBuilder tokenWithoutEmail(String newToken) {
    return token(Caller.NAMELESS, newToken);
  }

  /**
   * Sets all ID tokens from environment variables: {@code IDC4J_TOKEN}, {@code IDC4J_SECOND_TOKEN},
   * {@code IDC4J_EXPIRED_TOKEN}, {@code IDC4J_STRANGER_TOKEN} (for {@link #unknownUserToken}) and
   * {@code IDC4J_NAMELESS_TOKEN} (for {@link #tokenWithoutEmail}). Removes the ID token of each
   * variable that is not set. The environment is usually {@link System#getenv()}.
   */
  public ConformanceRunBuilder tokensFrom(Map<String, String> environment) {
    tokens.setAll(environment);
    return this;
  }

  ConformanceRunBuilder token(Caller caller, String newToken) {
    tokens.set(caller, newToken);
    return this;
  }

  /** Adds a reporter. By default, the run has no reporter. */
  public ConformanceRunBuilder reporter(Reporter newReporter) {
    reporters.add(Objects.requireNonNull(newReporter));
    return this;
  }

  /**
   * Sets whether the run may send requests that could change data: that save or delete cohorts, or
   * use an unsupported HTTP method. By default, only if the base URL is on loopback.
   */
  public ConformanceRunBuilder allowWrites(boolean newWrites) {
    writes = Optional.of(newWrites);
    return this;
  }

  /**
   * Sets the maximum number of requests, at least 1; unlimited by default. Checks that need more
   * requests are skipped. The run deletes its cohorts even beyond the limit.
   */
  public ConformanceRunBuilder maxRequests(int newMaxRequests) {
    limits = limits.withMaxRequests(newMaxRequests);
    return this;
  }

  /**
   * Sets the maximum duration of the checks, more than zero; one day by default. Checks that need
   * more time are skipped. The run deletes its cohorts even after this time.
   */
  public ConformanceRunBuilder maxTime(Duration newMaxTime) {
    limits = limits.withMaxTime(newMaxTime);
    return this;
  }

  /**
   * Sets how much of {@link #maxTime} is used when the run begins; zero or more, zero by default.
   */
  public ConformanceRunBuilder elapsed(Duration newElapsed) {
    limits = limits.withElapsed(newElapsed);
    return this;
  }

  /** Sets the maximum number of requests per second, 0 or more. The default, 0, means no limit. */
  public ConformanceRunBuilder requestsPerSecond(double newRequestsPerSecond) {
    limits = limits.withRequestsPerSecond(newRequestsPerSecond);
    return this;
  }

  /**
   * Sets the number of checks that run at the same time, at least 1; one by default. With several
   * jobs, the order of the requests varies from run to run; the outcomes and their order do not.
   */
  public ConformanceRunBuilder jobs(int newJobs) {
    execution = execution.withJobs(newJobs);
    return this;
  }

  /** Sets whether to skip the remaining checks after the first failure. False by default. */
  public ConformanceRunBuilder failFast(boolean newFailFast) {
    execution = execution.withFailFast(newFailFast);
    return this;
  }

  /**
   * Selects the checks to run; by default, all. A selected check verifies one of the rules, belongs
   * to one of the areas, and verifies a rule of one of the levels.
   *
   * @param rules identifiers of rules; empty for all rules
   * @param areas names of areas; empty for all areas
   * @param levels levels of rules
   * @throws IllegalArgumentException if a rule or area is unknown; the message lists all names
   */
  public ConformanceRunBuilder select(Set<String> rules, Set<String> areas, Set<Level> levels) {
    selection = new Selection(rules, areas, levels, selection.excluded());
    return this;
  }

  /**
   * Sets rules to exclude; by default, none. A check that verifies only excluded rules does not
   * run. A check that finds a violation of an excluded rule is reported as skipped.
   *
   * @throws IllegalArgumentException if a rule is unknown; the message lists the known rules
   */
  public ConformanceRunBuilder excludeRules(Set<String> rules) {
    selection = selection.excluding(rules);
    return this;
  }

  /**
   * Sets the maximum time to wait for a complete response; two minutes by default. A check that
   * gets none in time is reported as too slow, which is neither a pass nor a failure.
   *
   * @throws IllegalArgumentException if the duration is not positive, or longer than a day
   */
  public ConformanceRunBuilder responseTimeout(Duration newTimeout) {
    return retryPolicy(new RetryPolicy(retryPolicy.maxAttempts(), newTimeout));
  }

  ConformanceRunBuilder retryPolicy(RetryPolicy newRetryPolicy) {
    retryPolicy = newRetryPolicy;
    return this;
  }

  /**
   * Sets how long a query may be pending before the check fails; ten minutes by default.
   *
   * @throws IllegalArgumentException if the duration is negative
   */
  public ConformanceRunBuilder maxPending(Duration newMaxPending) {
    limits = limits.withMaxPending(newMaxPending);
    return this;
  }

  /** Sets the seed of the random choices, such as the choice of a collection. The default is 1. */
  public ConformanceRunBuilder seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  ConformanceRunBuilder staleAge(Duration newStaleAge) {
    staleAge = newStaleAge;
    return this;
  }

  /**
   * Sets the capabilities that the service does not offer; by default, none. Checks that need one
   * of them are reported as not offered.
   *
   * @param names {@code cohorts}, {@code account}, {@code dicomMetadata}, identifiers of operations
   *     such as {@code queryCohort}, and columns such as {@code column:SOPInstanceUID}
   * @throws IllegalArgumentException if a name is unknown; the message lists the known names
   */
  public ConformanceRunBuilder without(Set<String> names) {
    capabilities = Capabilities.without(names);
    return this;
  }

  /**
   * Sets the percentage of the applicable rules that a run must verify to pass; 80 by default.
   *
   * @throws IllegalArgumentException if the percentage is not between 0 and 100
   */
  public ConformanceRunBuilder minRules(int newMinRules) {
    acceptance = acceptance.withMinRules(newMinRules);
    return this;
  }

  /** Sets the known failures, which do not fail the run. By default, no failure is known. */
  public ConformanceRunBuilder knownFailures(KnownFailures newKnownFailures) {
    acceptance = acceptance.withKnownFailures(newKnownFailures);
    return this;
  }

  /**
   * Sets how the run reaches the service; by default, directly, and with the JDK's certificates.
   */
  public ConformanceRunBuilder network(NetworkSettings newNetwork) {
    network = Objects.requireNonNull(newNetwork);
    return this;
  }

  /**
   * Returns a run with these settings. Sends no request.
   *
   * @throws IllegalStateException if no base URL is set
   * @throws IllegalArgumentException if a proxy is invalid, or if ID tokens would be sent over
   *     plain http without permission; see {@link NetworkSettings.Builder#allowPlainHttp}
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
