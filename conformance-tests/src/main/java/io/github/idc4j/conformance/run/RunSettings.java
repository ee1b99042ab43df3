package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.check.ServiceUnderTest;
import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Capabilities;
import io.github.idc4j.conformance.internal.http.RequestBudget;
import io.github.idc4j.conformance.internal.http.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of a run, as {@link ConformanceRunBuilder} describes them. Immutable. */
record RunSettings(
    URI baseUrl,
    Optional<URI> acceptedBaseUrl,
    Map<Caller, String> tokens,
    Capabilities capabilities,
    int minRules,
    List<Reporter> reporters,
    boolean writes,
    int maxRequests,
    Duration maxTime,
    double requestsPerSecond,
    boolean failFast,
    Selection selection,
    KnownFailures knownFailures,
    RetryPolicy retryPolicy,
    Duration maxPending,
    long seed,
    Duration staleAge) {

  RunSettings {
    tokens = Map.copyOf(tokens);
    reporters = List.copyOf(reporters);
  }

  /** Returns a budget whose time begins now. */
  RequestBudget newBudget() {
    return new RequestBudget(writes, maxRequests, maxTime, requestsPerSecond);
  }

  ServiceUnderTest newService(RequestBudget budget) {
    return new ServiceUnderTest(
        baseUrl,
        acceptedBaseUrl,
        tokens,
        capabilities,
        budget,
        retryPolicy,
        maxPending,
        seed,
        staleAge);
  }
}
