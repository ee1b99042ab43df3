package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.check.Check;
import io.github.idc4j.conformance.internal.check.Checks;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Selects the checks that a run performs. Immutable.
 *
 * @param rules identifiers of rules; empty for all rules
 * @param areas names of areas; empty for all areas
 * @param levels levels of rules; a selected check verifies at least one rule of one of these levels
 * @param excluded identifiers of rules to exclude; a check that verifies only excluded rules does
 *     not run
 */
record Selection(Set<String> rules, Set<String> areas, Set<Level> levels, Set<String> excluded) {

  static final Selection ALL =
      new Selection(Set.of(), Set.of(), EnumSet.allOf(Level.class), Set.of());

  /**
   * Copies the sets.
   *
   * @throws IllegalArgumentException if a rule or area is unknown; the message lists the known
   *     names
   */
  Selection {
    Set<String> allRules = Rules.all().stream().map(Rule::id).collect(Collectors.toSet());
    rules = known("rule", rules, allRules);
    excluded = known("rule", excluded, allRules);
    areas =
        known("area", areas, Checks.all().stream().map(Check::area).collect(Collectors.toSet()));
    levels = Set.copyOf(levels);
  }

  private static Set<String> known(String what, Set<String> chosen, Set<String> all) {
    for (String name : chosen) {
      if (!all.contains(name)) {
        throw new IllegalArgumentException(
            "Unknown "
                + what
                + " "
                + name
                + ". Known "
                + what
                + "s are "
                + String.join(", ", new TreeSet<>(all)));
      }
    }
    return Set.copyOf(chosen);
  }

  /** Returns a copy of the selection with other excluded rules. */
  Selection excluding(Set<String> newExcluded) {
    return new Selection(rules, areas, levels, newExcluded);
  }

  /**
   * Returns the outcome. Changes its status to {@link Status#SKIP} if the check found a violation
   * of an excluded rule.
   */
  Outcome apply(Outcome outcome) {
    boolean violation = outcome.isFailure() || outcome.status() == Status.WARN;
    return violation && excluded.contains(outcome.rules().get(0).id())
        ? outcome.as(
            Status.SKIP,
            "the rule "
                + outcome.rules().get(0).id()
                + " is excluded, and this check found: "
                + outcome.message())
        : outcome;
  }

  /** Returns the selected checks, in the order in which a run performs them. */
  List<Check> checks() {
    return Checks.all().stream().filter(this::includes).toList();
  }

  private boolean includes(Check check) {
    return (rules.isEmpty() || check.rules().stream().anyMatch(rules::contains))
        && (areas.isEmpty() || areas.contains(check.area()))
        && check.rules().stream().anyMatch(id -> levels.contains(Rules.of(id).level()))
        && !excluded.containsAll(check.rules());
  }
}
