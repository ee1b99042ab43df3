package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.internal.check.RowDifference;
import io.github.idc4j.conformance.run.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The difference between an expected and an actual value. Two JSON arrays are compared row by row,
 * and two JSON objects member by member. For other values, the difference consists of the two
 * values.
 *
 * @param summary summary of the different rows or members, such as {@code 3 of 608 rows missing};
 *     empty if neither rows nor members are compared
 * @param rows the different rows or members; empty if neither rows nor members are compared
 * @param expected the expected value; empty if rows or members are compared
 * @param actual the actual value; empty if rows or members are compared
 */
record Difference(
    Optional<String> summary, List<Line> rows, Optional<String> expected, Optional<String> actual) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MAX_LINES = 40;
  private static final int MAX_LINE = 1000;
  private static final int MAX_VALUE = 4000;

  /**
   * A row or member that differs.
   *
   * @param sign {@code -} for a missing row, {@code +} for an unexpected row, {@code ~} for a row
   *     that is out of order, a space for a remark
   * @param text the row, or the text of the remark
   */
  record Line(String sign, String text) {

    /** Returns the name of the sign, for style sheets. */
    String kind() {
      return switch (sign) {
        case "-" -> "missing";
        case "+" -> "unexpected";
        case "~" -> "moved";
        default -> "remark";
      };
    }

    @Override
    public String toString() {
      return sign + " " + text;
    }
  }

  /**
   * Returns the difference between the two values that a check compared. Returns empty if the check
   * compared no values.
   */
  static Optional<Difference> of(Evidence evidence) {
    return evidence
        .expected()
        .flatMap(expected -> evidence.actual().map(actual -> of(expected, actual)));
  }

  static Difference of(String expected, String actual) {
    JsonNode before = json(expected);
    JsonNode after = json(actual);
    if (before.isArray() && after.isArray()) {
      boolean isOfRows = before.path(0).isContainer() || after.path(0).isContainer();
      return ofRows(
          isOfRows ? "row" : "value",
          RowDifference.of(RowDifference.texts(before), RowDifference.texts(after)));
    }
    if (before.isObject() && after.isObject()) {
      return ofRows("member", RowDifference.of(members(before), members(after)));
    }
    return new Difference(
        Optional.empty(),
        List.of(),
        Optional.of(cut(expected, MAX_VALUE)),
        Optional.of(cut(actual, MAX_VALUE)));
  }

  private static Difference ofRows(String noun, RowDifference difference) {
    boolean isNumbered = !noun.equals("member");
    List<Line> lines = new ArrayList<>();
    difference.missing().forEach(row -> lines.add(line("-", noun, isNumbered, row)));
    difference.unexpected().forEach(row -> lines.add(line("+", noun, isNumbered, row)));
    if (isNumbered) {
      difference
          .moved()
          .forEach(
              row ->
                  lines.add(
                      new Line(
                          "~",
                          "%s %d, expected as %s %d: %s"
                              .formatted(
                                  noun,
                                  row.actual(),
                                  noun,
                                  row.expected(),
                                  cut(row.text(), MAX_LINE)))));
    }
    List<Line> shown = new ArrayList<>(lines.subList(0, Math.min(MAX_LINES, lines.size())));
    if (shown.size() < lines.size()) {
      shown.add(new Line(" ", "... and " + (lines.size() - shown.size()) + " more differences"));
    }
    String summary = difference.summary(noun);
    return new Difference(
        Optional.of(summary.isEmpty() ? "same " + noun + "s" : summary),
        shown,
        Optional.empty(),
        Optional.empty());
  }

  private static Line line(String sign, String noun, boolean isNumbered, RowDifference.Row row) {
    String text = cut(row.text(), MAX_LINE);
    return new Line(sign, isNumbered ? noun + " " + row.number() + ": " + text : text);
  }

  private static List<String> members(JsonNode object) {
    return object
        .propertyStream()
        .map(member -> JSON.writeValueAsString(member.getKey()) + ": " + member.getValue())
        .toList();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      return JSON.missingNode();
    }
  }

  private static String cut(String text, int length) {
    return text.length() > length ? text.substring(0, length) + " ..." : text;
  }

  /** Returns the signs that occur in the rows, each with its meaning. */
  List<Line> legend() {
    return Stream.of(
            new Line("-", "missing"), new Line("+", "unexpected"), new Line("~", "out of order"))
        .filter(entry -> rows.stream().anyMatch(row -> row.sign().equals(entry.sign())))
        .toList();
  }

  /**
   * Returns the different rows or members as text, below the summary. Returns empty if neither rows
   * nor members are compared.
   */
  Optional<String> text() {
    return summary.map(
        numbers ->
            rows.stream()
                .map(Line::toString)
                .collect(Collectors.joining("\n", numbers + "\n", "")));
  }
}
