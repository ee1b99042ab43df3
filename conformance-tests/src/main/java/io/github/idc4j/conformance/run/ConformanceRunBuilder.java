package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Capabilities;
import io.github.idc4j.conformance.internal.http.RetryPolicy;
import io.github.idc4j.conformance.rule.Level;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Creates runs of the suite. Not safe for use by several threads. */
public final class ConformanceRunBuilder {

  private Optional<URI> baseUrl = Optional.empty();
  private Optional<URI> acceptedBaseUrl = Optional.empty();
  private final Map<Caller, String> tokens = new EnumMap<>(Caller.class);
  private Capabilities capabilities = Capabilities.FULL;
  private int minRules = 80;
  private final List<Reporter> reporters = new ArrayList<>();
  private Optional<Boolean> writes = Optional.empty();
  private Limits limits = Limits.DEFAULT;
  private NetworkSettings network = NetworkSettings.DEFAULT;
  private int jobs = 1;
  private boolean failFast;
  private Selection selection = Selection.ALL;
  private KnownFailures knownFailures = KnownFailures.none();
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
   * Sets a base URL at which the same service responds with 202 before each first page. By default
   * there is none, and checks of pending queries are skipped if the service is too fast.
   *
   * @throws IllegalArgumentException as {@link #baseUrl} does
   */
  public ConformanceRunBuilder acceptedBaseUrl(URI newAcceptedBaseUrl) {
    acceptedBaseUrl = Optional.of(BaseUrl.checked("acceptedBaseUrl", newAcceptedBaseUrl));
    return this;
  }

  /**
   * Sets the ID token of a user. Without it, the default, checks of users are skipped.
   *
   * @param newToken null or blank for none
   */
  public ConformanceRunBuilder token(String newToken) {
    return token(Caller.FIRST, newToken);
  }

  /** Sets the ID token of another user, as {@link #token}. */
  public ConformanceRunBuilder secondToken(String newToken) {
    return token(Caller.SECOND, newToken);
  }

  /** Sets an ID token of the first user that has expired, as {@link #token}. */
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
   * Sets the ID tokens that environment variables have: {@code IDC4J_TOKEN}, {@code
   * IDC4J_SECOND_TOKEN}, {@code IDC4J_EXPIRED_TOKEN}, {@code IDC4J_STRANGER_TOKEN} (of {@link
   * #unknownUserToken}) and {@code IDC4J_NAMELESS_TOKEN} (of {@link #tokenWithoutEmail}).
   */
  public ConformanceRunBuilder tokensFrom(Map<String, String> environment) {
    for (Caller caller : Caller.GIVEN) {
      token(caller, environment.get(caller.variable()));
    }
    return this;
  }

  ConformanceRunBuilder token(Caller caller, String newToken) {
    if (newToken == null) {
      tokens.remove(caller);
    } else {
      tokens.put(caller, newToken);
    }
    return this;
  }

  /** Adds a reporter; by default there is none. */
  public ConformanceRunBuilder reporter(Reporter newReporter) {
    reporters.add(Objects.requireNonNull(newReporter));
    return this;
  }

  /**
   * Sets whether requests that could change something are sent: saving and deleting cohorts, and
   * wrong methods. By default they are sent to a service on loopback, and to no other.
   */
  public ConformanceRunBuilder allowWrites(boolean newWrites) {
    writes = Optional.of(newWrites);
    return this;
  }

  /**
   * Sets the maximum number of requests; unlimited by default. Checks that need more are skipped.
   * Requests that delete the run's cohorts are sent even beyond it.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public ConformanceRunBuilder maxRequests(int newMaxRequests) {
    limits = limits.withMaxRequests(newMaxRequests);
    return this;
  }

  /**
   * Sets the maximum time of the checks; a day by default. Checks that need longer are skipped. The
   * run's cohorts are deleted even after it.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public ConformanceRunBuilder maxTime(Duration newMaxTime) {
    limits = limits.withMaxTime(newMaxTime);
    return this;
  }

  /**
   * Sets how much of {@link #maxTime} has passed when the run begins, for example to get ID tokens;
   * zero by default.
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
   * Sets how many checks are performed at the same time; one by default. The outcomes and their
   * order are the same. With several, the order of the requests is not the same each time.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public ConformanceRunBuilder jobs(int newJobs) {
    if (newJobs < 1) {
      throw new IllegalArgumentException("jobs must be positive, but was " + newJobs);
    }
    jobs = newJobs;
    return this;
  }

  /** Sets whether checks after the first failed one are skipped; false by default. */
  public ConformanceRunBuilder failFast(boolean newFailFast) {
    failFast = newFailFast;
    return this;
  }

  /**
   * Sets which checks are performed: those of one of the rules, of one of the areas, and with a
   * rule of one of the levels.
   *
   * @param rules identifiers; empty, the default, for all
   * @param areas names; empty, the default, for all
   * @param levels by default all
   * @throws IllegalArgumentException for an unknown rule or area, with the known ones
   */
  public ConformanceRunBuilder select(Set<String> rules, Set<String> areas, Set<Level> levels) {
    selection = new Selection(rules, areas, levels, selection.excluded());
    return this;
  }

  /**
   * Sets which rules are not verified; none by default. A check without another rule is not
   * performed, and one that finds a violation of such a rule is skipped.
   *
   * @throws IllegalArgumentException for an unknown rule, with the known ones
   */
  public ConformanceRunBuilder excludeRules(Set<String> rules) {
    selection = selection.excluding(rules);
    return this;
  }

  /**
   * Sets how long to wait for a response, to its last byte; two minutes by default. A check whose
   * request has no response in time is neither passed nor failed, but slow.
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
   * Sets for how long a query may be pending before it counts as one that never ends; ten minutes
   * by default.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public ConformanceRunBuilder maxPending(Duration newMaxPending) {
    limits = limits.withMaxPending(newMaxPending);
    return this;
  }

  /**
   * Sets the seed of the random choices, such as the collection and page sizes; 1 by default. The
   * same seed sends the same requests in the same order.
   */
  public ConformanceRunBuilder seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  ConformanceRunBuilder staleAge(Duration newStaleAge) {
    staleAge = newStaleAge;
    return this;
  }

  /**
   * Sets what the service does not offer; by default it offers everything. Checks that need it are
   * listed as not offered. Names are {@code cohorts}, {@code account}, {@code dicomMetadata},
   * identifiers of operations such as {@code queryCohort}, and columns such as {@code
   * column:SOPInstanceUID}.
   *
   * @throws IllegalArgumentException for an unknown name, with the known ones
   */
  public ConformanceRunBuilder without(Set<String> names) {
    capabilities = Capabilities.without(names);
    return this;
  }

  /**
   * Sets which percentage of the rules of all performed checks a run must verify, 80 by default.
   * With less, the result is an error: known failures may hide that almost nothing was verified.
   *
   * @throws IllegalArgumentException if it is not between 0 and 100
   */
  public ConformanceRunBuilder minRules(int newMinRules) {
    if (newMinRules < 0 || newMinRules > 100) {
      throw new IllegalArgumentException(
          "minRules must be between 0 and 100, but was " + newMinRules);
    }
    minRules = newMinRules;
    return this;
  }

  /** Sets the known failures; none by default. */
  public ConformanceRunBuilder knownFailures(KnownFailures newKnownFailures) {
    knownFailures = Objects.requireNonNull(newKnownFailures);
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
   * @throws IllegalArgumentException if the proxy of a base URL is invalid, or an ID token would be
   *     sent over plain http to a host that is not loopback; see {@link
   *     NetworkSettings.Builder#allowPlainHttp}
   */
  public ConformanceRun build() {
    URI url =
        baseUrl.orElseThrow(
            () -> new IllegalStateException("baseUrl is required. Call baseUrl()."));
    return new ConformanceRun(
        new RunSettings(
            url,
            acceptedBaseUrl,
            tokens,
            capabilities,
            minRules,
            reporters,
            writes.orElse(BaseUrl.isLoopback(url)),
            limits,
            network,
            jobs,
            failFast,
            selection,
            knownFailures,
            retryPolicy,
            seed,
            staleAge));
  }
}
