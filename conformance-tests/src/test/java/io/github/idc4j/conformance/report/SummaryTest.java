package io.github.idc4j.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.rule.Rules;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run is told in the right words. */
class SummaryTest {

  private static String headline(ConformanceResult result) {
    return new Summary(result).headline();
  }

  private static ConformanceResult result(Status... statuses) {
    return Runs.of(
        List.of(),
        List.of(statuses).stream()
            .map(status -> Runs.outcome(status, "paging.order", "m"))
            .toArray(Outcome[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "PASS, All rules that were judged hold",
    "WARN, 'All rules that were judged hold, but for 1 that does not count'",
    "KNOWN, 'All rules that were judged hold, but for 1 that does not count'",
    "FAIL, 1 rule is broken",
    "AWAY, The service left requests unanswered",
    "SLOW, The service left requests unanswered",
    "ERROR, The suite itself failed"
  })
  void theHeadlineSaysWhatBecameOfTheRun(Status status, String expected) {
    assertThat(headline(result(status, Status.PASS))).isEqualTo(expected);
  }

  @Test
  void theHeadlineCountsRulesAndTheWorstComesFirst() {
    assertThat(headline(result(Status.ERROR, Status.FAIL, Status.FAIL)))
        .isEqualTo("1 rule is broken");
    assertThat(
            headline(
                Runs.of(
                    Runs.outcome(Status.FAIL, "paging.order", "m"),
                    Runs.outcome(Status.FAIL, "paging.end", "m"))))
        .isEqualTo("2 rules are broken");
    assertThat(headline(Runs.of(Runs.outcome(Status.PASS, "paging.order", ""))))
        .isEqualTo("A list of known failures or absent capabilities is out of date");
    assertThat(headline(result())).startsWith("Nothing was checked: no check");
    assertThat(headline(result(Status.SKIP)))
        .isEqualTo("Nothing was checked: every check was skipped");
    assertThat(
            headline(
                Runs.of(
                    List.of(),
                    Runs.outcome(Status.PASS, List.copyOf(Rules.all()), "all", "", "getAbout"))))
        .isEqualTo("All rules hold");
  }

  /** A failure of which only the violated rule is verified, and which is known. */
  @Test
  void theHeadlineOfARunThatVerifiedTooLittleSaysSo() {
    ConformanceResult result =
        Runs.of(
            List.of(), Runs.outcome(Status.KNOWN, List.copyOf(Rules.all()), "all", "", "getAbout"));

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(headline(result))
        .isEqualTo("Too few of the applicable rules were verified: less than 80 %");
  }

  @Test
  void twoValuesAreShownWhereTheyDiffer() {
    assertThat(Difference.of("[a, b, c]", "[a, c]"))
        .isEqualTo(new Difference("[a, ", "b, ", "", "c]"));
    assertThat(Difference.of("same", "same")).isEqualTo(new Difference("same", "", "", ""));
    assertThat(Difference.of("aa", "a")).isEqualTo(new Difference("a", "a", "", ""));
  }

  @Test
  void longValuesAreCutWhereTheyAgree() {
    String same = "x".repeat(5000);
    Difference cut = Difference.of(same + "1" + same, same + "2" + same);

    assertThat(cut.expected()).isEqualTo("1");
    assertThat(cut.actual()).isEqualTo("2");
    assertThat(cut.before()).hasSizeLessThan(250).startsWith(" ... x").endsWith("x");
    assertThat(cut.after()).hasSizeLessThan(250).startsWith("x").endsWith("x ... ");
    assertThat(Difference.of("y".repeat(9000), "").wholeExpected()).hasSizeLessThan(5000);
  }
}
