package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import io.github.idc4j.conformance.run.ConformanceResult;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How many of the operations, status codes or rules a run covered.
 *
 * @param name identifier for programs
 * @param coveredText text that follows the number of covered elements
 * @param missingText text that follows the number of elements that are not covered
 * @param covered the covered elements
 * @param all every element, covered or not
 */
record Coverage(
    String name, String coveredText, String missingText, Set<String> covered, Set<String> all) {

  /** Returns three coverages: of the operations, of their status codes, and of the rules. */
  static List<Coverage> of(ConformanceResult result) {
    return List.of(operations(result), statuses(result), rules(result));
  }

  static Coverage operations(ConformanceResult result) {
    return new Coverage(
        "operations",
        "operations with a 200 response",
        "operations without a 200 response",
        result.covered(),
        result.operations());
  }

  private static Coverage statuses(ConformanceResult result) {
    return new Coverage(
        "statuses",
        "documented status codes with a valid response",
        "documented status codes without a valid response",
        result.coveredStatuses(),
        result.statuses());
  }

  static Coverage rules(ConformanceResult result) {
    Set<String> all =
        Rules.all().stream().map(Rule::id).collect(Collectors.toCollection(TreeSet::new));
    return new Coverage(
        "rules", "rules verified", "rules not verified", result.verifiedRules(), all);
  }

  Set<String> missing() {
    Set<String> missing = new TreeSet<>(all);
    missing.removeAll(covered);
    return missing;
  }

  int percent() {
    return all.isEmpty() ? 0 : 100 * covered.size() / all.size();
  }

  /** Returns a text such as {@code 18 of 18 operations with a 200 response}. */
  String text() {
    return covered.size() + " of " + all.size() + " " + coveredText;
  }
}
