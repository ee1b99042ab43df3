package io.github.idc4j.conformance;

import io.github.idc4j.conformance.check.Area;
import io.github.idc4j.conformance.check.Checks;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Which checks a run has. Immutable.
 *
 * @param rules identifiers of rules; empty for all
 * @param areas names of areas; empty for all
 * @param levels levels of which a check must have a rule
 */
record Selection(Set<String> rules, Set<String> areas, Set<Level> levels)
    implements PostDiscoveryFilter {

  static final Selection ALL = new Selection(Set.of(), Set.of(), EnumSet.allOf(Level.class));

  /**
   * Copies the sets.
   *
   * @throws IllegalArgumentException for a rule or area that is unknown, with those that are known
   */
  Selection {
    rules = known("rule", rules, Rules.all().stream().map(Rule::id).collect(Collectors.toSet()));
    areas = known("area", areas, Rules.areas());
    levels = Set.copyOf(levels);
  }

  private static Set<String> known(String what, Set<String> chosen, Set<String> all) {
    for (String name : chosen) {
      if (!all.contains(name)) {
        throw new IllegalArgumentException(
            "No " + what + " is called " + name + "; there are " + String.join(", ", sorted(all)));
      }
    }
    return Set.copyOf(chosen);
  }

  private static Set<String> sorted(Set<String> names) {
    return new TreeSet<>(names);
  }

  @Override
  public FilterResult apply(TestDescriptor test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(source -> FilterResult.includedIf(has(((MethodSource) source).getJavaMethod())))
        .orElse(FilterResult.included("a class of checks"));
  }

  private boolean has(Method check) {
    String[] ids = check.getAnnotation(Checks.class).value();
    return (rules.isEmpty() || Arrays.stream(ids).anyMatch(rules::contains))
        && (areas.isEmpty()
            || areas.contains(check.getDeclaringClass().getAnnotation(Area.class).value()))
        && Arrays.stream(ids).anyMatch(id -> levels.contains(Rules.of(id).level()));
  }
}
