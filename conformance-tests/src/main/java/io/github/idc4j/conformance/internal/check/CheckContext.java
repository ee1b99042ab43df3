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

/** Sends the requests of one attempt of one check. Not thread-safe. */
public final class CheckContext {

  private final ServiceUnderTest service;
  private final RequestLog log;
  private final List<String> observations = new ArrayList<>();

  /** Sends no request. */
  public CheckContext(ServiceUnderTest service) {
    this.service = service;
    this.log = service.client().newLog();
  }

  /** Returns the requests that the check sent. */
  public RequestLog log() {
    return log;
  }

  /** Returns the behavior that the check observed where a rule allows several; empty if none. */
  public String observations() {
    return String.join("; ", observations);
  }

  /** Notes the observed behavior where a rule allows several. */
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

  /** Notes that the service lacks an operation; later checks that need it are skipped. */
  void noteMissing(String operation) {
    service.record().noteMissing(operation);
  }

  /** Returns whether the service offers a column, field or attribute, as its owner declares. */
  boolean offersColumn(String name) {
    return !service.capabilities().absentColumns().contains(name);
  }

  /** Returns the cohorts that the checks of this session saved. */
  OwnCohorts cohorts() {
    return service.cohorts();
  }

  /** Returns the checks' collection; skips the check without one. */
  String collection() {
    return service.fixtures().collection(this);
  }

  /** Returns filters by a few series of the collection, for results in pages of one row. */
  Map<String, ?> someSeries() {
    return service.fixtures().someSeries(this);
  }

  /** Returns the text that identifies the cohorts of this run. */
  String mark() {
    return service.cleanup().mark();
  }

  /** Returns whether an entry of {@code GET /cohorts} is a cohort of this run. */
  boolean isOwn(JsonNode cohort) {
    return service.cleanup().isOwn(cohort);
  }

  /** Returns random numbers that depend only on the run's seed and the purpose. */
  Random random(String purpose) {
    return new Random(service.seed() * 31 + purpose.hashCode());
  }

  /** Returns the maximum time for which a query may be pending. */
  Duration maxPending() {
    return service.maxPending();
  }

  /** Notes that queries of an endpoint are pending for longer than they may. */
  void neverEnds(URI url, PagedEndpoint endpoint) {
    service.neverEnds(url, endpoint);
  }

  /** Skips the check if an earlier check reported that queries of an endpoint stay pending. */
  void requireEnd(URI url, PagedEndpoint endpoint) {
    Skipped.unless(
        !service.isEndless(url, endpoint),
        () -> "queries of " + endpoint + " stay pending for too long, as an earlier check reports");
  }

  /** Waits; skips the check if the run has less time left. */
  void pause(Duration time) {
    service.budget().pause(time);
  }

  /** Returns the number of requests of the run that may have changed the user's cohorts. */
  int writes() {
    return service.writes();
  }

  /** Sends a request, and validates the response against the spec. */
  Exchange send(ApiRequest request) {
    return send(service.baseUrl(), request);
  }

  /** Sends a request to another base URL, and validates the response against the spec. */
  Exchange send(URI url, ApiRequest request) {
    Exchange exchange = sendUnvalidated(url, request);
    service.client().validate(exchange);
    return exchange;
  }

  /** Sends a request whose response the spec does not describe. */
  Exchange sendUnvalidated(ApiRequest request) {
    return sendUnvalidated(service.baseUrl(), request);
  }

  /** Sends a request to another base URL, without validating the response. */
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

  /** Sends a request that is not part of the check. */
  Exchange sendAside(ApiRequest request) {
    return service.client().sendAside(service.baseUrl(), request);
  }

  /** Deletes a cohort that the check saved. */
  void delete(Caller saver, long id) {
    service.written();
    sendAside(ApiRequest.delete("/cohorts/" + id).as(saver));
    service.cleanup().deleted(id);
  }
}
