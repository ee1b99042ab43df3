package io.github.idc4j.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.check.Check;
import io.github.idc4j.conformance.internal.http.RuleViolation;
import io.github.idc4j.conformance.internal.http.Skipped;
import io.github.idc4j.conformance.rule.Rule;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Outcomes of checks. */
class CheckRunnerTest {

  /** Runs a check with two rules at a service that does not exist. */
  private static Outcome run(Check.Body body, String... rules) {
    try (ConformanceSession session =
        ConformanceRun.builder().baseUrl(URI.create("http://127.0.0.1:1")).build().open()) {
      return new CheckRunner(session.service())
          .run(new Check("area/check", "area", "title", List.of(rules), body));
    }
  }

  @Test
  void aCheckThatReturnsPasses() {
    Outcome outcome = run(context -> {}, "metadata.about");

    assertThat(outcome.status()).isEqualTo(Status.PASS);
    assertThat(outcome.message()).isEmpty();
  }

  @Test
  void aRuleViolationIsAFailureOfItsRule() {
    Outcome outcome =
        run(
            context -> {
              throw new RuleViolation("paging.order", "rows\nof two lines");
            },
            "paging.every-row-once",
            "paging.order");

    assertThat(outcome.status()).isEqualTo(Status.FAIL);
    assertThat(outcome.rules())
        .extracting(Rule::id)
        .containsExactly("paging.order", "paging.every-row-once");
    assertThat(outcome.message()).isEqualTo("rows of two lines");
  }

  @Test
  void anAssertionIsAFailureOfTheFirstRule() {
    Outcome outcome =
        run(
            context -> assertThat("b").as("paging.order: rows").isEqualTo("a"),
            "paging.every-row-once",
            "paging.order");

    assertThat(outcome.status()).isEqualTo(Status.FAIL);
    assertThat(outcome.rules().get(0).id()).isEqualTo("paging.every-row-once");
  }

  @Test
  void aViolationOfAShouldRuleIsAWarning() {
    Outcome outcome =
        run(
            context -> {
              throw new AssertionError("no header");
            },
            "routes.security-headers");

    assertThat(outcome.status()).isEqualTo(Status.WARN);
  }

  @Test
  void aSkippedCheckHasItsReason() {
    Outcome outcome =
        run(
            context -> {
              throw Skipped.because("the reason");
            },
            "metadata.about");

    assertThat(outcome.status()).isEqualTo(Status.SKIP);
    assertThat(outcome.message()).isEqualTo("the reason");
  }

  @Test
  void aRequestWithoutAResponseIsNoFailure() {
    Outcome outcome =
        run(
            context -> {
              throw new IOException("connection reset");
            },
            "metadata.about");

    assertThat(outcome.status()).isEqualTo(Status.AWAY);
  }

  @Test
  void aRequestWithoutAResponseInTimeIsSlow() {
    Outcome outcome =
        run(
            context -> {
              throw new UncheckedIOException(new InterruptedIOException("timeout"));
            },
            "metadata.about");

    assertThat(outcome.status()).isEqualTo(Status.SLOW);
  }

  @Test
  void anyOtherExceptionIsAnErrorOfTheSuiteWithItsLocation() {
    Outcome outcome = run(context -> Integer.parseInt("our own fault"), "metadata.about");

    assertThat(outcome.status()).isEqualTo(Status.ERROR);
    assertThat(outcome.message())
        .startsWith("java.lang.NumberFormatException: For input string: \"our own fault\" at ");
  }
}
