package io.github.idc4j.conformance.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Creates {@code docs/rules.md}: every rule, and every statement with its rules. */
final class RulesDocument {

  private RulesDocument() {}

  static String text() {
    List<String> lines = new ArrayList<>();
    long unchecked = Rules.all().stream().filter(rule -> !rule.unchecked().isEmpty()).count();
    List<Statement> statements = Statement.all();
    lines.add("# Rules");
    lines.add("");
    lines.add(
        "What a version 1 service must, should or may do: %d rules from %d statements of the"
                .formatted(Rules.all().size(), statements.size())
            + " contract and the user guide."
            + " %d rules have a check; for each of the other %d, this page gives the reason."
                .formatted(Rules.all().size() - unchecked, unchecked)
            + " A QUIRK rule accepts both the expected behavior and a deviation of the deployed"
            + " service, and the report shows which one was seen. In parentheses are the IDs of the"
            + " [statements](#statements) that a rule comes from. This page is generated from"
            + " `rules.yaml` and `statements.csv`.");
    Map<String, List<Rule>> areas =
        Rules.all().stream()
            .collect(Collectors.groupingBy(Rule::area, LinkedHashMap::new, Collectors.toList()));
    areas.forEach(
        (area, rules) -> {
          lines.addAll(List.of("", "## " + area));
          rules.forEach(rule -> add(lines, rule));
        });
    lines.addAll(List.of("", "## Statements", ""));
    lines.addAll(List.of("| statement | section | text | rules |", "| --- | --- | --- | --- |"));
    for (Statement statement : statements) {
      lines.add(
          "| %s | %s | %s | %s |"
              .formatted(
                  statement.id(),
                  statement.section(),
                  escaped(statement.text()),
                  Rules.all().stream()
                      .filter(rule -> rule.source().contains(statement.id()))
                      .map(
                          rule ->
                              "`"
                                  + rule.id()
                                  + "`"
                                  + (rule.unchecked().isEmpty() ? "" : " (no check)"))
                      .collect(Collectors.joining(", "))));
    }
    return String.join("\n", lines) + "\n";
  }

  private static void add(List<String> lines, Rule rule) {
    lines.addAll(List.of("", "### " + rule.id(), ""));
    lines.add(rule.level() + ": " + escaped(rule.text()) + " (" + rule.source() + ")");
    lines.add("");
    if (!rule.unchecked().isEmpty()) {
      lines.add("- No check: " + escaped(rule.unchecked()));
      return;
    }
    lines.add("- Sends: " + escaped(rule.sends()));
    lines.add("- Skipped: " + escaped(rule.skipped()));
    lines.add("- Possible causes of a failure: " + escaped(rule.look()));
  }

  private static String escaped(String text) {
    return text.replace("<", "&lt;").replaceAll("([*_|])", "\\\\$1");
  }
}
