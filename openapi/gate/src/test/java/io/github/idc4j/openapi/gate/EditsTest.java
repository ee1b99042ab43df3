package io.github.idc4j.openapi.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Edits of the bundled document, each with the verdict that it must get.
 *
 * <p>To renew the table of them: {@code mvn test -pl openapi/gate -am -Pall-tests
 * -Dgate.renew=table}.
 */
@Tag("slow")
class EditsTest {

  private static final Path MODULES = Path.of("..", "..", "docs", "internals", "modules.md");
  private static final Path TABLE = Path.of("..", "..", "docs", "internals", "spec-gate.md");

  @TestFactory
  Stream<DynamicTest> eachEditGetsItsVerdict() {
    return Edit.all().stream().map(edit -> DynamicTest.dynamicTest(edit.name(), () -> check(edit)));
  }

  private static void check(Edit edit) {
    Comparison comparison = edit.comparison();
    assertThat(edit.after().toString()).as("the edit edits").isNotEqualTo(edit.before().toString());
    assertThat(comparison.verdict()).as("%s", comparison.findings()).isEqualTo(edit.expected());
    for (Finding finding : comparison.findings()) {
      assertThat(finding.pointers())
          .isNotEmpty()
          .allMatch(
              place ->
                  !edit.after().at(place).isMissingNode()
                      || !edit.before().at(place).isMissingNode());
    }
  }

  @Test
  void thereAreEnoughOfEach() {
    assertThat(Edit.all()).extracting(Edit::name).doesNotHaveDuplicates();
    for (Verdict verdict : Verdict.values()) {
      assertThat(count(verdict)).isGreaterThanOrEqualTo(20);
    }
  }

  @Test
  void theTableIsTheGeneratedOne() throws IOException {
    if ("table".equals(System.getProperty("gate.renew"))) {
      Files.write(TABLE, table());
    }
    assertThat(Files.readAllLines(TABLE)).isEqualTo(table());
    assertThat(Files.readString(MODULES)).contains(Edit.all().size() + " [seeded edits]");
  }

  private static long count(Verdict expected) {
    return Edit.all().stream().filter(edit -> edit.expected() == expected).count();
  }

  private static long count(Verdict expected, Verdict verdict) {
    return Edit.all().stream()
        .filter(edit -> edit.expected() == expected)
        .filter(edit -> edit.comparison().verdict() == verdict)
        .count();
  }

  private static List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add("# Seeded edits of the OpenAPI document");
    lines.add("");
    lines.add(
        "What the [change gate](../../openapi/gate/README.md) says of edits with known verdicts.");
    lines.add(
        "Written by `mvn test -pl openapi/gate -am -Pall-tests -Dgate.renew=table`; the edits are in");
    lines.add("`openapi/gate/src/test/resources/edits.yaml`.");
    lines.add("");
    lines.add("| expected | edits | breaking | compatible | editorial |");
    lines.add("| --- | ---: | ---: | ---: | ---: |");
    for (Verdict expected : List.of(Verdict.BREAKING, Verdict.COMPATIBLE, Verdict.EDITORIAL)) {
      lines.add(
          "| %s | %d | %d | %d | %d |"
              .formatted(
                  word(expected),
                  count(expected),
                  count(expected, Verdict.BREAKING),
                  count(expected, Verdict.COMPATIBLE),
                  count(expected, Verdict.EDITORIAL)));
    }
    lines.add("");
    lines.add("| edit | expected | verdict | caught by |");
    lines.add("| --- | --- | --- | --- |");
    Edit.all()
        .forEach(
            edit ->
                lines.add(
                    "| %s | %s | %s | %s |"
                        .formatted(
                            edit.name(),
                            word(edit.expected()),
                            word(edit.comparison().verdict()),
                            judges(edit.comparison()))));
    return lines;
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  private static String judges(Comparison comparison) {
    return comparison.findings(Verdict.BREAKING).stream()
        .map(Finding::judge)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
