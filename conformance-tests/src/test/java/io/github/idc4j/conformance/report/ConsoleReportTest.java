package io.github.idc4j.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The console shows each check as it happens and the findings by rule at the end. */
class ConsoleReportTest {

  static String printed(ConformanceResult result, boolean color) {
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    ConsoleReport report =
        new ConsoleReport(new PrintStream(console, true, StandardCharsets.UTF_8), color);
    report.started(result.baseUrl());
    result.outcomes().forEach(report::checked);
    report.finished(result);
    return console.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theConsoleGroupsChecksByAreaAndFindingsByRule() {
    Outcome failure = Runs.outcome(Status.FAIL, List.of(Runs.WORDY), "title", "message");
    Outcome second = Runs.outcome(Status.FAIL, List.of(Runs.WORDY), "second title", "message");
    Outcome choice = Runs.outcome(Status.PASS, "routes.not-found", "responds with 404");

    String printed = printed(Runs.of(failure, second, choice), false);
    assertThat(printed.lines().skip(1).limit(7))
        .containsExactly(
            "",
            "paging",
            "  FAILED: title",
            "      rule: paging.wordy (MUST)",
            "      message",
            "      curl -si 'http://127.0.0.1:8080/v1/about'",
            "  FAILED: second title");
    assertThat(printed)
        .contains(
            """

            routes
              passed: check of routes.not-found
                  observed: responds with 404

            Findings by rule
              paging.wordy (MUST): The sentence of the rule.
                  possible causes: the paging of the service
                  FAILED: title
                  FAILED: second title

            coverage:""");
    assertThat(printed.split(Runs.WORDY.text(), -1))
        .as("the text of the rule is there once")
        .hasSize(2);
    assertThat(printed(Runs.of(choice), false)).doesNotContain("Findings by rule");
  }

  @Test
  void colorsChangeNothingElse() {
    String colored = printed(Runs.ofEveryStatus(), true);

    assertThat(colored).contains("\u001b[31mFAILED\u001b[0m").contains("\u001b[1mpaging\u001b[0m");
    assertThat(colored.replaceAll("\u001b\\[[0-9]+m", ""))
        .isEqualTo(printed(Runs.ofEveryStatus(), false));
  }
}
