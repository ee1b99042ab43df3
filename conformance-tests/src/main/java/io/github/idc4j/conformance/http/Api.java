package io.github.idc4j.conformance.http;

import java.net.URI;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.ValueWrapper;

/**
 * Sends requests to the service under test, one after the other, and holds each answer against the
 * spec. Not safe for use by several threads.
 */
public final class Api {

  private final Map<Bearer, String> tokens;
  private final Redaction redaction;
  private final Spec spec = Spec.shared();
  private final Origins origins = new Origins();
  private final Set<String> operations = new TreeSet<>();
  private final Gate gate;
  private final Sender sender;
  private final Map<Call, Integer> answers = new HashMap<>();
  private final Set<String> called = new TreeSet<>();
  private final Set<String> statuses = new TreeSet<>();
  private Optional<Sent> last = Optional.empty();

  /**
   * Sends nothing yet.
   *
   * @param tokens ID tokens; a blank one counts as absent
   * @param gate what requests must pass
   * @param patience with a service that does not answer, or is busy
   */
  public Api(Map<Bearer, String> tokens, Gate gate, Patience patience) {
    this.gate = gate;
    this.tokens = new EnumMap<>(Bearer.class);
    tokens.forEach(
        (bearer, token) -> {
          if (!token.isBlank()) {
            this.tokens.put(bearer, token.strip());
          }
        });
    String first = this.tokens.getOrDefault(Bearer.FIRST, "");
    if (first.length() > Bearer.CUT_OFF) {
      this.tokens.put(Bearer.CUT, first.substring(0, first.length() - Bearer.CUT_OFF));
    }
    redaction = new Redaction(this.tokens);
    this.tokens.put(Bearer.GARBLED, Bearer.GARBLED.shown());
    sender = new Sender(this.tokens, redaction, gate, patience);
  }

  /** Returns whether there is a token of that user. */
  public boolean has(Bearer bearer) {
    return tokens.containsKey(bearer);
  }

  /**
   * Sends a request.
   *
   * @throws SpecViolation if the spec does not allow the answer
   */
  public Exchange send(URI baseUrl, Call call) {
    Exchange exchange = sendUnjudged(baseUrl, call);
    judge(exchange);
    return exchange;
  }

  /**
   * Holds an answer against the spec.
   *
   * @throws SpecViolation if the spec does not allow it
   */
  public void judge(Exchange exchange) {
    spec.judge(exchange);
    spec.operation(exchange.call())
        .ifPresent(
            operation -> {
              statuses.add(operation + " " + exchange.status());
              if (exchange.status() == 200) {
                operations.add(operation);
              }
            });
  }

  /** Sends a request whose answer the spec says nothing of. */
  public Exchange sendUnjudged(URI baseUrl, Call call) {
    spec.operation(call).ifPresent(called::add);
    String curl = Curl.command(baseUrl, call, origins);
    Sent unanswered = new Sent(baseUrl, call, Optional.empty(), curl);
    Exchange exchange = sender.send(baseUrl, call, () -> last = Optional.of(unanswered));
    Integer before = answers.putIfAbsent(call, exchange.content());
    if (before != null && before != exchange.content()) {
      // The same request got something else before: it takes two to see it.
      curl = Curl.secondCommand(baseUrl, call, origins);
    }
    last = Optional.of(new Sent(baseUrl, call, Optional.of(exchange), curl));
    origins.learn(baseUrl, exchange);
    return exchange;
  }

  /** Sends a request that is no part of a check, such as one that cleans up after it. */
  public Exchange sendAside(URI baseUrl, Call call) {
    return sender.sendAside(baseUrl, call);
  }

  /** Notes that a check uses what an answer before it gave. */
  public void recall(URI baseUrl, Exchange answer) {
    origins.learn(baseUrl, answer);
  }

  /** Forgets the exchanges so far, before a check begins. */
  public void begin() {
    last = Optional.empty();
    called.clear();
    answers.clear();
    origins.forget();
  }

  /** Returns what a failure since {@link #begin} met last; empty before the first request. */
  public Optional<Evidence> evidence(Throwable failure) {
    return last.map(
        sent ->
            new Evidence(
                redacted(sent.call().text(sent.baseUrl())),
                sent.exchange().map(Exchange::text),
                failure instanceof SpecViolation violation ? violation.pointer() : Optional.empty(),
                compared(failure, AssertionFailedError::getExpected),
                compared(failure, AssertionFailedError::getActual),
                redacted(sent.curl())));
  }

  private Optional<String> compared(
      Throwable failure, Function<AssertionFailedError, ValueWrapper> side) {
    return Optional.of(failure)
        .filter(AssertionFailedError.class::isInstance)
        .map(AssertionFailedError.class::cast)
        .filter(error -> error.isExpectedDefined() && error.isActualDefined())
        .map(side)
        .map(ValueWrapper::getStringRepresentation)
        .map(this::redacted);
  }

  /** Returns the operations called since {@link #begin}. */
  public Set<String> calledOperations() {
    return Set.copyOf(called);
  }

  /** Returns the number of requests sent. */
  public int requests() {
    return gate.passed();
  }

  /** Returns the operations that answered 200 so far. */
  public Set<String> coveredOperations() {
    return new TreeSet<>(operations);
  }

  /** Returns all operations of the spec. */
  public Set<String> allOperations() {
    return spec.operations();
  }

  /** Returns the operations with the documented statuses that they answered so far. */
  public Set<String> coveredStatuses() {
    return new TreeSet<>(statuses);
  }

  /** Returns all operations of the spec with each status that it documents for them. */
  public Set<String> allStatuses() {
    return spec.statuses();
  }

  /** Replaces every ID token in a text. */
  public String redacted(String text) {
    return redaction.of(text);
  }

  /** A request, with its answer if there is one. */
  private record Sent(URI baseUrl, Call call, Optional<Exchange> exchange, String curl) {}
}
