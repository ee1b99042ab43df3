package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.check.Check;
import io.github.idc4j.conformance.internal.check.CheckContext;
import io.github.idc4j.conformance.internal.check.ServiceUnderTest;
import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.NotOffered;
import io.github.idc4j.conformance.internal.http.RequestLog;
import io.github.idc4j.conformance.internal.http.ResponseTooLarge;
import io.github.idc4j.conformance.internal.http.RestartRequired;
import io.github.idc4j.conformance.internal.http.RuleViolation;
import io.github.idc4j.conformance.internal.http.Skipped;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.ValueWrapper;
import tools.jackson.databind.json.JsonMapper;

/** Performs checks, one at a time. Not safe for use by several threads. */
final class CheckRunner {

  private static final int MAX_ATTEMPTS = 10;
  private static final int MAX_MESSAGE = 2000;

  private final ServiceUnderTest service;
  private boolean unresponsive;
  private boolean away;

  CheckRunner(ServiceUnderTest service) {
    this.service = service;
  }

  /**
   * Performs a check. Reports what the check throws as an outcome, except for errors of the JVM
   * such as {@link OutOfMemoryError}.
   */
  Outcome run(Check check) {
    long begin = System.nanoTime();
    CheckContext context = new CheckContext(service);
    Throwable thrown;
    if (isAway()) {
      thrown = Skipped.because("the service does not respond any more");
    } else {
      thrown = attempt(check, context);
      for (int attempt = 2;
          thrown instanceof RestartRequired && attempt <= MAX_ATTEMPTS;
          attempt++) {
        context = new CheckContext(service);
        thrown = attempt(check, context);
      }
    }
    return outcome(check, context, thrown, Duration.ofNanos(System.nanoTime() - begin));
  }

  /**
   * Performs one attempt of a check. Returns the exception or failed assertion that the check
   * threw, or null if the service satisfies the rules.
   */
  private static Throwable attempt(Check check, CheckContext context) {
    try {
      check.body().verify(context);
      return null;
    } catch (Exception | AssertionError e) {
      return e;
    }
  }

  /**
   * Returns whether the service no longer responds. Sends a request to find out if an earlier check
   * got no response.
   */
  private boolean isAway() {
    if (unresponsive && !away) {
      unresponsive = false;
      try {
        service.client().sendAside(service.baseUrl(), ApiRequest.get("/about"));
      } catch (Exception e) {
        // REST Assured throws the checked exceptions of its HTTP client without declaring them.
        away = true;
      }
    }
    return away;
  }

  private Outcome outcome(Check check, CheckContext context, Throwable thrown, Duration duration) {
    List<Rule> rules = rules(check, thrown);
    Status status = status(thrown, rules);
    unresponsive |= status == Status.AWAY || status == Status.SLOW;
    boolean finding = !EnumSet.of(Status.PASS, Status.SKIP, Status.NOT_OFFERED).contains(status);
    return new Outcome(
        check.id(),
        check.area(),
        check.title(),
        rules,
        status,
        thrown == null ? context.observations() : message(thrown, status),
        thrown instanceof Skipped skipped && skipped.isByLimit(),
        context.log().operations(),
        finding ? evidence(context.log(), thrown) : Optional.empty(),
        duration);
  }

  private static List<Rule> rules(Check check, Throwable thrown) {
    Set<String> ids = new LinkedHashSet<>();
    if (thrown instanceof RuleViolation violation) {
      ids.add(violation.rule());
    }
    ids.addAll(check.rules());
    return ids.stream().map(Rules::of).toList();
  }

  private static Status status(Throwable thrown, List<Rule> rules) {
    if (thrown == null) {
      return Status.PASS;
    }
    if (thrown instanceof Skipped) {
      return Status.SKIP;
    }
    if (thrown instanceof NotOffered) {
      return Status.NOT_OFFERED;
    }
    if (Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .anyMatch(InterruptedIOException.class::isInstance)) {
      return Status.SLOW;
    }
    if (thrown instanceof AssertionError) {
      return rules.get(0).level().isAdvice() ? Status.WARN : Status.FAIL;
    }
    return thrown instanceof IOException ? Status.AWAY : Status.ERROR;
  }

  private String message(Throwable thrown, Status status) {
    String text = Objects.requireNonNullElseGet(thrown.getMessage(), thrown::toString);
    if (status == Status.ERROR && !(thrown instanceof ResponseTooLarge)) {
      StackTraceElement[] trace = thrown.getStackTrace();
      text =
          thrown.getClass().getName() + ": " + text + (trace.length == 0 ? "" : " at " + trace[0]);
    }
    String line = service.client().redacted(text).strip().replaceAll("\\s*\\R\\s*", " ");
    return line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + " ..." : line;
  }

  private Optional<Evidence> evidence(RequestLog log, Throwable thrown) {
    return log.last()
        .map(
            sent ->
                new Evidence(
                    service.client().operation(sent.request()),
                    service.client().redacted(sent.request().text(sent.baseUrl())),
                    sent.exchange().map(Exchange::text),
                    thrown instanceof RuleViolation violation
                        ? violation.pointer()
                        : Optional.empty(),
                    compared(thrown, AssertionFailedError::getExpected),
                    compared(thrown, AssertionFailedError::getActual),
                    service.client().redacted(sent.curl())));
  }

  /**
   * Returns one of the two values that a failed assertion compared, or empty if the assertion
   * compared no values.
   *
   * @param side returns the expected or the actual value
   */
  private Optional<String> compared(
      Throwable thrown, Function<AssertionFailedError, ValueWrapper> side) {
    Throwable failure = thrown instanceof RuleViolation ? thrown.getCause() : thrown;
    return failure instanceof AssertionFailedError error
            && error.isExpectedDefined()
            && error.isActualDefined()
        ? Optional.of(service.client().redacted(text(side.apply(error))))
        : Optional.empty();
  }

  /**
   * Returns a value as text. Returns a list as a JSON array, so that the reports can compare it row
   * by row.
   */
  private static String text(ValueWrapper value) {
    return value.getEphemeralValue() instanceof Iterable<?> rows
        ? JsonMapper.shared().writeValueAsString(rows)
        : value.getStringRepresentation();
  }
}
