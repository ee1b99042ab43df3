package io.github.idc4j.conformance.internal.http;

import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends requests to the service under test, one at a time. Not thread-safe. */
public final class ServiceClient {

  private final Map<Caller, String> tokens;
  private final Network network;
  private final Redaction redaction;
  private final Spec spec = Spec.shared();
  private final RequestBudget budget;
  private final RetryingSender sender;
  private final Capabilities capabilities;
  private final ServiceRecord record;

  /**
   * Creates a client. Sends no request.
   *
   * @param tokens ID tokens by caller; a blank ID token counts as absent
   * @param network how requests reach the service
   * @param capabilities the operations and columns that the service offers
   * @param budget the limits of the requests
   * @param retryPolicy the retries of requests
   * @param record receives the operations and status codes of valid responses
   */
  public ServiceClient(
      Map<Caller, String> tokens,
      Network network,
      Capabilities capabilities,
      RequestBudget budget,
      RetryPolicy retryPolicy,
      ServiceRecord record) {
    this.record = record;
    this.network = network;
    this.capabilities = capabilities;
    this.budget = budget;
    this.tokens = new EnumMap<>(Caller.class);
    tokens.forEach(
        (caller, token) -> {
          if (!token.isBlank()) {
            this.tokens.put(caller, token.strip());
          }
        });
    String first = this.tokens.getOrDefault(Caller.FIRST, "");
    if (first.length() > Caller.CUT_OFF) {
      this.tokens.put(Caller.CUT, first.substring(0, first.length() - Caller.CUT_OFF));
    }
    redaction = new Redaction(this.tokens, network.secrets());
    this.tokens.put(Caller.GARBLED, Caller.GARBLED.shown());
    sender = new RetryingSender(this.tokens, redaction, network, budget, retryPolicy);
  }

  /** Returns a new log for the requests of one check. */
  public RequestLog newLog() {
    return new RequestLog(network);
  }

  /** Returns whether the client has the token of a caller. */
  public boolean hasToken(Caller caller) {
    return tokens.containsKey(caller);
  }

  /**
   * Sends a request of a check, without validating the response.
   *
   * @throws NotOffered if the request needs an operation or column that is declared absent
   * @throws Skipped if the request needs an operation that an earlier check found missing, or if a
   *     limit of the run is reached
   */
  public Exchange send(URI baseUrl, ApiRequest request, RequestLog log) {
    capabilities.require(request, spec);
    spec.lacking(request, record.missing())
        .ifPresent(
            operations -> {
              throw Skipped.because(
                  "needs " + operations + ", which is missing, as another check reports");
            });
    spec.operation(request).ifPresent(log::calls);
    Exchange exchange = sender.send(baseUrl, request, () -> log.sending(baseUrl, request));
    log.received(baseUrl, exchange);
    return exchange;
  }

  /** Sends a request that is not part of a check, such as a request that cleans up. */
  public Exchange sendAside(URI baseUrl, ApiRequest request) {
    return sender.sendAside(baseUrl, request);
  }

  /**
   * Validates a response against the spec.
   *
   * @throws RuleViolation if the response does not match the spec
   */
  public void validate(Exchange exchange) {
    spec.validate(exchange);
    spec.operation(exchange.request())
        .ifPresent(operation -> record.noteValid(operation, exchange.status()));
  }

  /** Returns the number of requests sent in the whole run. */
  public int requests() {
    return budget.sent();
  }

  /**
   * Returns the identifier of the operation that a request calls, or empty if the spec has no such
   * operation.
   */
  public Optional<String> operation(ApiRequest request) {
    return spec.operation(request);
  }

  /** Returns the identifiers of all operations in the spec. */
  public Set<String> allOperations() {
    return spec.operations();
  }

  /**
   * Returns all pairs of an operation and a status code that the spec documents for this operation,
   * such as {@code "getAbout 200"}.
   */
  public Set<String> allStatuses() {
    return spec.statuses();
  }

  /** Returns a text in which placeholders replace ID tokens and other secrets. */
  public String redacted(String text) {
    return redaction.of(text);
  }
}
