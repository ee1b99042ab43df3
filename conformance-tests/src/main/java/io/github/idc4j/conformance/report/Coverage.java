package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import io.github.idc4j.conformance.run.ConformanceResult;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How much of something a run reached.
 *
 * @param name of what is counted
 * @param noun what is counted, in words
 * @param verb what became of those that are covered
 */
record Coverage(String name, String noun, String verb, Set<String> covered, Set<String> all) {

  /** Returns the coverage of the operations, of their statuses and of the rules. */
  static List<Coverage> of(ConformanceResult result) {
    return List.of(operations(result), statuses(result), rules(result));
  }

  static Coverage operations(ConformanceResult result) {
    return new Coverage(
        "operations", "operations", "answered 200", result.covered(), result.operations());
  }

  private static Coverage statuses(ConformanceResult result) {
    return new Coverage(
        "statuses", "documented statuses", "seen", result.coveredStatuses(), result.statuses());
  }

  static Coverage rules(ConformanceResult result) {
    Set<String> all =
        Rules.all().stream().map(Rule::id).collect(Collectors.toCollection(TreeSet::new));
    return new Coverage("rules", "rules", "judged", result.verifiedRules(), all);
  }

  Set<String> missing() {
    Set<String> missing = new TreeSet<>(all);
    missing.removeAll(covered);
    return missing;
  }

  int percent() {
    return all.isEmpty() ? 0 : 100 * covered.size() / all.size();
  }

  /** Returns it in words, such as {@code 18 of 18 operations answered 200}. */
  String text() {
    return covered.size() + " of " + all.size() + " " + noun + " " + verb;
  }
}
