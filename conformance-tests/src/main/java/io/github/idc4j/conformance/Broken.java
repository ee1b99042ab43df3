package io.github.idc4j.conformance;

import io.github.idc4j.conformance.http.SpecViolation;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells which rule a failure is about. */
public final class Broken {

  /** How the description of an assertion begins that names its rule. */
  private static final Pattern NAMED = Pattern.compile("\\[([a-z0-9-]+\\.[a-z0-9-]+): ");

  private Broken() {}

  /**
   * Returns the rules of a check, the broken one first, be it one of them or not.
   *
   * @param thrown what the check ended with; null if it passed
   */
  public static List<Rule> first(Throwable thrown, String... ofCheck) {
    Set<String> rules = new LinkedHashSet<>();
    named(thrown).ifPresent(rules::add);
    rules.addAll(Arrays.asList(ofCheck));
    return rules.stream().map(Rules::of).toList();
  }

  private static Optional<String> named(Throwable thrown) {
    if (thrown instanceof SpecViolation violation) {
      return Optional.of(violation.rule());
    }
    if (thrown == null || thrown.getMessage() == null) {
      return Optional.empty();
    }
    Matcher name = NAMED.matcher(thrown.getMessage());
    return name.lookingAt() && Rules.has(name.group(1))
        ? Optional.of(name.group(1))
        : Optional.empty();
  }
}
