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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The service that a run checks, and the state that its checks share. Checks use it one at a time;
 * a check that runs at the same time uses a {@link #sibling}.
 */
public final class ServiceUnderTest implements AutoCloseable {

  private final Shared shared;
  private final ServiceClient client;
  private final CohortCleanup cleanup;
  private final OwnCohorts cohorts = new OwnCohorts();
  private int writes;

  /** What all checks of a run share. */
  private record Shared(
      URI baseUrl,
      Optional<URI> acceptedBaseUrl,
      Capabilities capabilities,
      RequestBudget budget,
      ServiceRecord record,
      Function<ServiceRecord, ServiceClient> clients,
      Duration maxPending,
      long seed,
      Duration staleAge,
      Fixtures fixtures,
      Set<String> endless) {

    ServiceClient newClient() {
      return clients.apply(record);
    }
  }

  /**
   * Sends no request.
   *
   * @param acceptedBaseUrl where the same service responds with 202 before each first page
   * @param network how requests reach it
   * @param capabilities what the service offers
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
      Duration maxPending,
      long seed,
      Duration staleAge) {
    this(
        new Shared(
            baseUrl,
            acceptedBaseUrl,
            capabilities,
            budget,
            new ServiceRecord(),
            record -> new ServiceClient(tokens, network, capabilities, budget, retryPolicy, record),
            maxPending,
            seed,
            staleAge,
            new Fixtures(),
            ConcurrentHashMap.newKeySet()));
  }

  private ServiceUnderTest(Shared shared) {
    this.shared = shared;
    client = shared.newClient();
    cleanup =
        new CohortCleanup(shared.baseUrl(), shared.budget(), shared::newClient, shared.staleAge());
  }

  /** Returns the same service for checks at the same time, which have cohorts of their own. */
  public ServiceUnderTest sibling() {
    return new ServiceUnderTest(shared);
  }

  /** Returns the base URL, without a final slash. */
  public URI baseUrl() {
    return shared.baseUrl();
  }

  Optional<URI> acceptedBaseUrl() {
    return shared.acceptedBaseUrl();
  }

  /** Returns the client that sends the requests. */
  public ServiceClient client() {
    return client;
  }

  /** Returns the record of the run about the service. */
  public ServiceRecord record() {
    return shared.record();
  }

  Capabilities capabilities() {
    return shared.capabilities();
  }

  /** Returns what limits the requests. */
  public RequestBudget budget() {
    return shared.budget();
  }

  Duration maxPending() {
    return shared.maxPending();
  }

  long seed() {
    return shared.seed();
  }

  CohortCleanup cleanup() {
    return cleanup;
  }

  Fixtures fixtures() {
    return shared.fixtures();
  }

  OwnCohorts cohorts() {
    return cohorts;
  }

  /** Notes that queries of an endpoint stay pending. */
  void neverEnds(URI url, PagedEndpoint endpoint) {
    shared.endless().add(url + " " + endpoint);
  }

  boolean isEndless(URI url, PagedEndpoint endpoint) {
    return shared.endless().contains(url + " " + endpoint);
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
