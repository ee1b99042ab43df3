package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.RuleViolation;
import io.github.idc4j.conformance.internal.http.Skipped;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;
import tools.jackson.databind.JsonNode;

/** Assertions about responses, and preconditions of checks. */
final class Expect {

  /**
   * Maximum number of characters of a row in a message. A dicomMetadata row has seventy columns.
   */
  private static final int MAX_ROW = 300;

  private Expect() {}

  /**
   * Runs assertions that belong to a rule other than the first rule of the check. If an assertion
   * fails, reports a violation of this rule.
   */
  static void rule(String rule, Runnable assertions) {
    try {
      assertions.run();
    } catch (RuleViolation e) {
      throw e;
    } catch (AssertionError e) {
      throw new RuleViolation(rule, e);
    }
  }

  static Exchange status(Exchange exchange, int status) {
    assertThat(exchange.status())
        .as(() -> "status code (body: " + exchange.excerpt() + ")")
        .isEqualTo(status);
    return exchange;
  }

  /** Requires an error response that has a message. */
  static Exchange error(Exchange exchange, int status) {
    status(exchange, status);
    assertThat(exchange.json().path("message").asString(""))
        .as("message of the error response")
        .isNotBlank();
    return exchange;
  }

  /**
   * Requires an HTML page, which the web framework of the service generates for an unknown path or
   * method.
   */
  static Exchange html(Exchange exchange, int status) {
    status(exchange, status);
    assertThat(exchange.header("Content-Type")).as("Content-Type").startsWith("text/html");
    return exchange;
  }

  /** Skips the check if the run does not have the token of the caller. */
  static void token(CheckContext context, Caller caller) {
    Skipped.unless(
        caller == Caller.NONE || context.hasToken(caller),
        () -> "there is no " + caller.what() + " (" + caller.variable() + ")");
  }

  static void user(CheckContext context) {
    token(context, Caller.FIRST);
  }

  static void twoUsers(CheckContext context) {
    user(context);
    token(context, Caller.SECOND);
  }

  /** Requires the same rows in the same order. */
  static void sameRows(String what, Iterable<JsonNode> actual, Iterable<JsonNode> expected) {
    RowDifference difference =
        RowDifference.of(RowDifference.texts(expected), RowDifference.texts(actual));
    String summary = difference.summary("row");
    if (!summary.isEmpty()) {
      throw new AssertionFailedError(what + ": " + summary + first(difference), expected, actual);
    }
  }

  /** Requires the same values in any order. */
  static void sameValues(String what, Collection<String> actual, Collection<String> expected) {
    RowDifference difference = RowDifference.of(List.copyOf(expected), List.copyOf(actual));
    if (!difference.missing().isEmpty() || !difference.unexpected().isEmpty()) {
      throw new AssertionFailedError(
          what + ": " + difference.summary("value") + first(difference), expected, actual);
    }
  }

  /** Returns text for the message: the first missing row and the first unexpected row. */
  private static String first(RowDifference difference) {
    return Stream.concat(
            difference.missing().stream().limit(1).map(row -> "; first missing: " + cut(row)),
            difference.unexpected().stream().limit(1).map(row -> "; first unexpected: " + cut(row)))
        .collect(Collectors.joining());
  }

  private static String cut(RowDifference.Row row) {
    return row.text().length() > MAX_ROW ? row.text().substring(0, MAX_ROW) + " ..." : row.text();
  }
}
