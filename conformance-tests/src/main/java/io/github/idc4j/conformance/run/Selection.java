package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.check.Check;
import io.github.idc4j.conformance.internal.check.Checks;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The checks that a run performs. Immutable.
 *
 * @param rules identifiers of rules; empty for all
 * @param areas names of areas; empty for all
 * @param levels levels of which a check must have a rule
 */
record Selection(Set<String> rules, Set<String> areas, Set<Level> levels) {

  static final Selection ALL = new Selection(Set.of(), Set.of(), EnumSet.allOf(Level.class));

  /**
   * Copies the sets.
   *
   * @throws IllegalArgumentException for an unknown rule or area, with the known ones
   */
  Selection {
    rules = known("rule", rules, Rules.all().stream().map(Rule::id).collect(Collectors.toSet()));
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
                + "; known are "
                + String.join(", ", new TreeSet<>(all)));
      }
    }
    return Set.copyOf(chosen);
  }

  boolean includes(Check check) {
    return (rules.isEmpty() || check.rules().stream().anyMatch(rules::contains))
        && (areas.isEmpty() || areas.contains(check.area()))
        && check.rules().stream().anyMatch(id -> levels.contains(Rules.of(id).level()));
  }
}
