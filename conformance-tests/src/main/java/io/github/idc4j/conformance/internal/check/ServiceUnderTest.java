package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Capabilities;
import io.github.idc4j.conformance.internal.http.Network;
import io.github.idc4j.conformance.internal.http.RequestBudget;
import io.github.idc4j.conformance.internal.http.RetryPolicy;
import io.github.idc4j.conformance.internal.http.ServiceClient;
import io.github.idc4j.conformance.internal.http.ServiceRecord;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The service that a run checks, and the state that its checks share. */
public final class ServiceUnderTest implements AutoCloseable {

  private final URI baseUrl;
  private final Optional<URI> acceptedBaseUrl;
  private final ServiceClient client;
  private final ServiceRecord record;
  private final Capabilities capabilities;
  private final RequestBudget budget;
  private final Duration maxPending;
  private final long seed;
  private final CohortCleanup cleanup;
  private final Fixtures fixtures = new Fixtures();
  private final Set<String> endless = new HashSet<>();
  private int writes;

  /**
   * Sends nothing yet.
   *
   * @param acceptedBaseUrl where the same service responds with 202 before each first page
   * @param network how requests reach it
   * @param capabilities what the service offers
   * @param record record of missing operations
   * @param maxPending maximum time for which a query may be pending
   * @param seed of the random choices
   * @param staleAge age from which cohorts of other runs are deleted
   */
  public ServiceUnderTest(
      URI baseUrl,
      Optional<URI> acceptedBaseUrl,
      Map<Caller, String> tokens,
      Network network,
      Capabilities capabilities,
      RequestBudget budget,
      RetryPolicy retryPolicy,
      ServiceRecord record,
      Duration maxPending,
      long seed,
      Duration staleAge) {
    this.baseUrl = baseUrl;
    this.acceptedBaseUrl = acceptedBaseUrl;
    this.client = new ServiceClient(tokens, network, capabilities, budget, retryPolicy, record);
    this.record = record;
    this.capabilities = capabilities;
    this.budget = budget;
    this.maxPending = maxPending;
    this.seed = seed;
    this.cleanup =
        new CohortCleanup(
            baseUrl,
            budget,
            () -> new ServiceClient(tokens, network, capabilities, budget, retryPolicy, record),
            staleAge);
  }

  /** Returns the base URL, without a final slash. */
  public URI baseUrl() {
    return baseUrl;
  }

  Optional<URI> acceptedBaseUrl() {
    return acceptedBaseUrl;
  }

  /** Returns the client that sends the requests. */
  public ServiceClient client() {
    return client;
  }

  /** Returns the record of the run about the service. */
  public ServiceRecord record() {
    return record;
  }

  Capabilities capabilities() {
    return capabilities;
  }

  RequestBudget budget() {
    return budget;
  }

  Duration maxPending() {
    return maxPending;
  }

  long seed() {
    return seed;
  }

  CohortCleanup cleanup() {
    return cleanup;
  }

  Fixtures fixtures() {
    return fixtures;
  }

  /** Notes that queries of an endpoint stay pending. */
  void neverEnds(URI url, PagedEndpoint endpoint) {
    endless.add(url + " " + endpoint);
  }

  boolean isEndless(URI url, PagedEndpoint endpoint) {
    return endless.contains(url + " " + endpoint);
  }

  /** Notes a request that may change the user's cohorts. */
  void written() {
    writes++;
  }

  /** Returns the number of requests that may have changed the user's cohorts. */
  int writes() {
    return writes;
  }

  /** Deletes the remaining cohorts of the run. */
  @Override
  public void close() {
    cleanup.close();
  }
}
