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
 * The service that a run checks, with the state that the checks share. Only one check may use an
 * instance at a time. A check that runs at the same time uses a {@link #sibling}.
 */
public final class ServiceUnderTest implements AutoCloseable {

  private final Shared shared;
  private final ServiceClient client;
  private final CohortCleanup cleanup;
  private final OwnCohorts cohorts = new OwnCohorts();
  private int writes;

  /** The state that all siblings share. */
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
   * Creates an instance. Sends no request.
   *
   * @param acceptedBaseUrl base URL at which the same service responds with 202 before each first
   *     page
   * @param tokens ID tokens by caller
   * @param network how requests reach the service
   * @param capabilities the operations and columns that the service offers
   * @param budget the limits of the requests
   * @param retryPolicy the retries of requests
   * @param maxPending maximum time that a query may be pending
   * @param seed seed of the random choices
   * @param staleAge minimum age at which cohorts of other runs are deleted
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

  /**
   * Returns another instance for the same service, for checks that run at the same time. The two
   * instances save separate cohorts.
   */
  public ServiceUnderTest sibling() {
    return new ServiceUnderTest(shared);
  }

  /** Returns the base URL, without a trailing slash. */
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

  /** Returns what the run has recorded about the service. */
  public ServiceRecord record() {
    return shared.record();
  }

  Capabilities capabilities() {
    return shared.capabilities();
  }

  /** Returns the limits of the requests. */
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

  /** Records that queries at an endpoint stay pending for too long. */
  void neverEnds(URI url, PagedEndpoint endpoint) {
    shared.endless().add(url + " " + endpoint);
  }

  boolean isEndless(URI url, PagedEndpoint endpoint) {
    return shared.endless().contains(url + " " + endpoint);
  }

  /** Records a request that may change the user's cohorts. */
  void written() {
    writes++;
  }

  /** Returns the number of requests that may have changed the user's cohorts. */
  int writes() {
    return writes;
  }

  /** Deletes the cohorts that the checks saved and did not delete. */
  @Override
  public void close() {
    cleanup.close();
  }
}
