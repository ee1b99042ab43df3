package io.github.idc4j.conformance.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.check.Area;
import io.github.idc4j.conformance.check.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Each check has a rule, and each rule a check. */
class RulesTest {

  /** Judged on every exchange, not by a check of their own. */
  private static final Set<String> OF_EVERY_EXCHANGE =
      Set.of("spec.status", "spec.media-type", "spec.header", "spec.body", "spec.code");

  /** The statements of the user guide's page, which the contract numbers. */
  private static final int STATEMENTS = 15;

  /** Where a credentials file comes from; no request shows it. */
  private static final int OF_THE_CALLERS_OWN_MACHINE = 6;

  @Test
  void eachRuleHasACheckAndEachCheckARule() {
    Set<String> checked = new TreeSet<>(OF_EVERY_EXCHANGE);
    List<Class<?>> classes =
        ReflectionSupport.findAllClassesInPackage(
            Checks.class.getPackageName(),
            type -> AnnotationSupport.isAnnotated(type, Area.class),
            name -> true);
    assertThat(classes).hasSize(10);
    List<String> unruled = new ArrayList<>();
    for (Class<?> type : classes) {
      ReflectionSupport.findMethods(
              type,
              method -> AnnotationSupport.isAnnotated(method, Testable.class),
              HierarchyTraversalMode.TOP_DOWN)
          .forEach(
              method -> {
                Checks checks = method.getAnnotation(Checks.class);
                if (checks == null) {
                  unruled.add(type.getSimpleName() + "." + method.getName());
                } else {
                  checked.addAll(Set.of(checks.value()));
                }
              });
    }
    assertThat(unruled).as("checks without a rule").isEmpty();
    assertThat(Rules.all())
        .extracting(Rule::id)
        .as("rules, against those that are checked")
        .containsExactlyInAnyOrderElementsOf(checked);
  }

  @Test
  void eachStatementOfTheUserGuideIsTheSourceOfARule() {
    Set<String> traced = new TreeSet<>();
    Pattern statement = Pattern.compile("UG-[0-9]{2}");
    for (Rule rule : Rules.all()) {
      statement.matcher(rule.source()).results().map(MatchResult::group).forEach(traced::add);
    }
    assertThat(traced)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, STATEMENTS)
                .filter(number -> number != OF_THE_CALLERS_OWN_MACHINE)
                .mapToObj("UG-%02d"::formatted)
                .toList());
  }

  @Test
  void eachRuleIsASentenceWithASource() {
    assertThat(Rules.all())
        .allSatisfy(
            rule -> {
              assertThat(rule.id()).matches("[a-z]+\\.[a-z0-9-]+");
              assertThat(rule.text()).matches("[A-Za-z].*\\.");
              assertThat(rule.source()).matches("(contract|spec): .+");
            });
  }
}
