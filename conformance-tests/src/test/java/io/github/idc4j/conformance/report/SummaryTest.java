package io.github.idc4j.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.rule.Rules;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Status;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words for the result of a run, and the difference of values. */
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
    "PASS, All verified rules passed",
    "WARN, 'All verified rules passed, with 1 warning'",
    "KNOWN, 'All verified rules passed, with 1 known failure'",
    "FAIL, 1 rule failed",
    "AWAY, The service did not respond to all requests in time",
    "SLOW, The service did not respond to all requests in time",
    "ERROR, The conformance suite itself failed"
  })
  void theHeadlineDependsOnTheWorstStatus(Status status, String expected) {
    assertThat(headline(result(status, Status.PASS))).isEqualTo(expected);
  }

  @Test
  void theHeadlineCountsRules() {
    assertThat(headline(result(Status.ERROR, Status.FAIL, Status.FAIL))).isEqualTo("1 rule failed");
    assertThat(
            headline(
                Runs.of(
                    Runs.outcome(Status.FAIL, "paging.order", "m"),
                    Runs.outcome(Status.FAIL, "paging.end", "m"))))
        .isEqualTo("2 rules failed");
    assertThat(headline(Runs.of(Runs.outcome(Status.PASS, "paging.order", ""))))
        .isEqualTo("The list of known failures or absent capabilities is out of date");
    assertThat(headline(result())).isEqualTo("Nothing was checked: no check matches the selection");
    assertThat(headline(result(Status.SKIP)))
        .isEqualTo("Nothing was checked: every check was skipped");
    assertThat(
            headline(
                Runs.of(
                    List.of(),
                    Runs.outcome(Status.PASS, List.copyOf(Rules.all()), "all", "", "getAbout"))))
        .isEqualTo("All rules passed");
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

  private static List<String> lines(String expected, String actual) {
    Difference difference = Difference.of(expected, actual);
    return difference.text().orElseThrow().lines().toList();
  }

  @Test
  void listsAreComparedByRow() {
    assertThat(lines("[\"a\", \"b\", \"c\"]", "[\"a\", \"c\"]"))
        .containsExactly("1 of 3 values missing", "- value 2: \"b\"");
    assertThat(lines("[1, 1]", "[1, 2, 1, 1]"))
        .containsExactly(
            "2 unexpected in addition to 2 expected values", "+ value 2: 2", "+ value 4: 1");
    assertThat(lines("[{\"x\":1,\"y\":2}]", "[{\"y\":2,\"x\":3}]"))
        .containsExactly(
            "1 of 1 row missing, 1 unexpected",
            "- row 1: {\"x\":1,\"y\":2}",
            "+ row 1: {\"x\":3,\"y\":2}");
    assertThat(lines("[{\"x\":1,\"y\":2}]", "[{\"y\":2,\"x\":1}]")).containsExactly("same rows");
  }

  @Test
  void asFewRowsAsPossibleAreOutOfOrder() {
    assertThat(lines("[1, 2, 3, 4, 5]", "[2, 3, 4, 5, 1]"))
        .containsExactly("1 of 5 values out of order", "~ value 5, expected as value 1: 1");
    assertThat(lines("[1, 1, 2]", "[1, 2, 1]")).hasSize(2);
  }

  @Test
  void objectsAreComparedByMember() {
    assertThat(lines("{\"x\":1,\"y\":2,\"z\":3}", "{\"z\":3,\"x\":1,\"y\":7}"))
        .containsExactly("1 of 3 members missing, 1 unexpected", "- \"y\": 2", "+ \"y\": 7");
  }

  @Test
  void otherValuesAreShownAsTheyAre() {
    Difference difference = Difference.of("608", "607");

    assertThat(difference.expected()).contains("608");
    assertThat(difference.actual()).contains("607");
    assertThat(difference.text()).isEmpty();
    assertThat(Difference.of("y".repeat(9000), "").expected().orElseThrow())
        .hasSizeLessThan(5000)
        .endsWith("y ...");
  }

  @Test
  void aLongDifferenceIsCut() {
    String rows = IntStream.range(0, 5000).mapToObj(i -> "" + i).collect(Collectors.joining(","));

    assertThat(lines("[" + rows + "]", "[]"))
        .hasSize(42)
        .startsWith("5000 of 5000 values missing", "- value 1: 0")
        .endsWith("  ... and 4960 more differences");
  }
}
