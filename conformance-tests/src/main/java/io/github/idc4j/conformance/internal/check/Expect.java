package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.RuleViolation;
import io.github.idc4j.conformance.internal.http.Skipped;
import tools.jackson.databind.JsonNode;

/** Assertions about responses, and requirements of checks. */
final class Expect {

  private Expect() {}

  /** Runs assertions that belong to another rule than the first of the check. */
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
        .as(() -> "status (body: " + exchange.excerpt() + ")")
        .isEqualTo(status);
    return exchange;
  }

  /** An error with a JSON body that says something. */
  static Exchange error(Exchange exchange, int status) {
    status(exchange, status);
    assertThat(exchange.json().path("message").asString(""))
        .as("message of the error")
        .isNotBlank();
    return exchange;
  }

  /** The framework's own page. */
  static Exchange html(Exchange exchange, int status) {
    status(exchange, status);
    assertThat(exchange.header("Content-Type")).as("Content-Type").startsWith("text/html");
    return exchange;
  }

  /** Skips the check where the run has no such token. */
  static void token(CheckContext context, Caller caller) {
    Skipped.unless(
        caller == Caller.NONE || context.hasToken(caller),
        () -> "no " + caller.what() + " was given (" + caller.variable() + ")");
  }

  static void user(CheckContext context) {
    token(context, Caller.FIRST);
  }

  static void twoUsers(CheckContext context) {
    user(context);
    token(context, Caller.SECOND);
  }

  /** Rows that are the same in the same order. */
  static void sameRows(String what, JsonNode seen, JsonNode expected) {
    for (int i = 0; i < Math.min(seen.size(), expected.size()); i++) {
      assertThat(seen.get(i)).as("%s: row %d", what, i + 1).isEqualTo(expected.get(i));
    }
    assertThat(seen.size()).as("%s: number of rows", what).isEqualTo(expected.size());
  }
}
