package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.check.ServiceUnderTest;
import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Capabilities;
import io.github.idc4j.conformance.internal.http.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of a run; {@link ConformanceRunBuilder} describes them. Immutable. */
record RunSettings(
    URI baseUrl,
    Optional<URI> acceptedBaseUrl,
    Map<Caller, String> tokens,
    Capabilities capabilities,
    List<Reporter> reporters,
    boolean writes,
    Limits limits,
    NetworkSettings network,
    Execution execution,
    Selection selection,
    Acceptance acceptance,
    RetryPolicy retryPolicy,
    long seed,
    Duration staleAge) {

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if the network settings do not allow requests to a base URL
   */
  RunSettings {
    tokens = Map.copyOf(tokens);
    reporters = List.copyOf(reporters);
    boolean hasTokens = tokens.values().stream().anyMatch(token -> !token.isBlank());
    network.check(baseUrl, hasTokens);
    acceptedBaseUrl.ifPresent(url -> network.check(url, hasTokens));
  }

  int minRules() {
    return acceptance.minRules();
  }

  KnownFailures knownFailures() {
    return acceptance.knownFailures();
  }

  int jobs() {
    return execution.jobs();
  }

  boolean failFast() {
    return execution.failFast();
  }

  /** Returns a new instance of the service under test. The time of the run begins now. */
  ServiceUnderTest newService() {
    return new ServiceUnderTest(
        baseUrl,
        acceptedBaseUrl,
        tokens,
        network.network(),
        capabilities,
        limits.newBudget(writes),
        retryPolicy,
        limits.maxPending(),
        seed,
        staleAge);
  }
}
