package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.RequestLog;
import io.github.idc4j.conformance.internal.http.Skipped;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Gives one attempt of one check access to the service, and logs its requests. Not thread-safe. */
public final class CheckContext {

  private final ServiceUnderTest service;
  private final RequestLog log;
  private final List<String> observations = new ArrayList<>();

  /** Creates a context. Sends no request. */
  public CheckContext(ServiceUnderTest service) {
    this.service = service;
    this.log = service.client().newLog();
  }

  /** Returns the log of the requests that the check sent. */
  public RequestLog log() {
    return log;
  }

  /**
   * Returns the behavior that the check observed, for rules that allow several behaviors. Returns
   * an empty string if the check observed nothing.
   */
  public String observations() {
    return String.join("; ", observations);
  }

  /** Records the behavior that the check observed, for a rule that allows several behaviors. */
  void observed(String what) {
    observations.add(what);
  }

  URI baseUrl() {
    return service.baseUrl();
  }

  Optional<URI> acceptedBaseUrl() {
    return service.acceptedBaseUrl();
  }

  boolean hasToken(Caller caller) {
    return service.client().hasToken(caller);
  }

  /**
   * Records that the service lacks an operation. Later checks that need the operation are skipped.
   */
  void noteMissing(String operation) {
    service.record().noteMissing(operation);
  }

  /**
   * Returns whether the service offers a column, field or attribute. A service offers all names
   * except those that the settings of the run declare absent.
   */
  boolean offersColumn(String name) {
    return !service.capabilities().absentColumns().contains(name);
  }

  /** Returns the cohorts that the checks of this session saved. */
  OwnCohorts cohorts() {
    return service.cohorts();
  }

  /**
   * Returns the identifier of the collection that the checks use. Skips the check if the service
   * has no suitable collection.
   */
  String collection() {
    return service.fixtures().collection(this);
  }

  /**
   * Returns filters that select a few series of the collection. Their results are small enough to
   * fetch in pages of one row.
   */
  Map<String, ?> someSeries() {
    return service.fixtures().someSeries(this);
  }

  /**
   * Returns the text to use as the name and description of a cohort. The text identifies the
   * session.
   */
  String mark() {
    return service.cleanup().mark();
  }

  /**
   * Returns whether an entry in the response of {@code GET /cohorts} is a cohort of this session.
   */
  boolean isOwn(JsonNode cohort) {
    return service.cleanup().isOwn(cohort);
  }

  /**
   * Returns a random number generator whose seed depends only on the seed of the run and on the
   * purpose.
   */
  Random random(String purpose) {
    return new Random(service.seed() * 31 + purpose.hashCode());
  }

  /** Returns the maximum time that a query may be pending. */
  Duration maxPending() {
    return service.maxPending();
  }

  /** Records that a query at an endpoint was pending for longer than the maximum time. */
  void neverEnds(URI url, PagedEndpoint endpoint) {
    service.neverEnds(url, endpoint);
  }

  /**
   * Skips the check if an earlier check found that queries at this endpoint stay pending too long.
   */
  void requireEnd(URI url, PagedEndpoint endpoint) {
    Skipped.unless(
        !service.isEndless(url, endpoint),
        () -> "queries of " + endpoint + " stay pending for too long, as an earlier check reports");
  }

  /**
   * Waits for a duration. Skips the check if the duration is longer than the remaining time of the
   * run.
   */
  void pause(Duration time) {
    service.budget().pause(time);
  }

  /** Returns the number of requests in this session that may have changed the user's cohorts. */
  int writes() {
    return service.writes();
  }

  /** Sends a request and validates the response against the spec. */
  Exchange send(ApiRequest request) {
    return send(service.baseUrl(), request);
  }

  /** Sends a request to another base URL and validates the response against the spec. */
  Exchange send(URI url, ApiRequest request) {
    Exchange exchange = sendUnvalidated(url, request);
    service.client().validate(exchange);
    return exchange;
  }

  /**
   * Sends a request without validating the response, for responses that the spec does not describe.
   */
  Exchange sendUnvalidated(ApiRequest request) {
    return sendUnvalidated(service.baseUrl(), request);
  }

  /** Sends a request to another base URL without validating the response. */
  Exchange sendUnvalidated(URI url, ApiRequest request) {
    if (!request.isReading()) {
      service.written();
    }
    if (!request.isSaving() || !service.budget().writes()) {
      return service.client().send(url, request, log);
    }
    service.cleanup().saving(request.caller());
    Exchange exchange = service.client().send(url, request, log);
    JsonNode id = exchange.json().at("/cohort_properties/cohort_id");
    if (id.isIntegralNumber()) {
      service.cleanup().saved(request.caller(), id.asLong());
    }
    return exchange;
  }

  /**
   * Sends a request that is not part of the check, so it is not logged. Of the limits of the run,
   * only the rate applies.
   */
  Exchange sendAside(ApiRequest request) {
    return service.client().sendAside(service.baseUrl(), request);
  }

  /**
   * Deletes a cohort that the check saved.
   *
   * @param saver the caller who saved the cohort
   */
  void delete(Caller saver, long id) {
    service.written();
    sendAside(ApiRequest.delete("/cohorts/" + id).as(saver));
    service.cleanup().deleted(id);
  }
}
