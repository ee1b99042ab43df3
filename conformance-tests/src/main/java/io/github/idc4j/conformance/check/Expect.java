package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Exchange;
import tools.jackson.databind.JsonNode;

/** What checks expect of answers, and need of the run. */
final class Expect {

  private Expect() {}

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
  static void token(Target target, Bearer bearer) {
    assumeTrue(
        bearer == Bearer.NONE || target.api().has(bearer),
        () -> "no " + bearer.what() + " was given (" + bearer.variable() + ")");
  }

  static void user(Target target) {
    token(target, Bearer.FIRST);
  }

  static void twoUsers(Target target) {
    user(target);
    token(target, Bearer.SECOND);
  }

  /** Rows that are the same in the same order. */
  static void sameRows(String what, JsonNode seen, JsonNode expected) {
    for (int i = 0; i < Math.min(seen.size(), expected.size()); i++) {
      assertThat(seen.get(i)).as("%s: row %d", what, i + 1).isEqualTo(expected.get(i));
    }
    assertThat(seen.size()).as("%s: number of rows", what).isEqualTo(expected.size());
  }
}
