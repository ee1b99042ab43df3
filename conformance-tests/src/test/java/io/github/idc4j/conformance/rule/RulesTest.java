package io.github.idc4j.conformance.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.check.Check;
import io.github.idc4j.conformance.internal.check.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each statement has a rule, each rule a check or a reason, and each check a rule. */
class RulesTest {

  /** Verified for every response, or before the first check, without a check of their own. */
  private static final Set<String> OF_THE_RUN =
      Set.of(
          "spec.status",
          "spec.media-type",
          "spec.header",
          "spec.body",
          "spec.code",
          "retired.about");

  private static final Pattern STATEMENT = Pattern.compile("[A-Z]{2,3}-[0-9]{2}");
  private static final Path DOCUMENT = Path.of("..", "docs", "rules.md");

  private static List<String> unchecked() {
    return Rules.all().stream().filter(rule -> !rule.unchecked().isEmpty()).map(Rule::id).toList();
  }

  @Test
  void eachRuleHasACheckOrAReasonAndEachCheckARule() {
    Set<String> verified = new TreeSet<>(OF_THE_RUN);
    Checks.all().forEach(check -> verified.addAll(check.rules()));
    assertThat(Checks.all())
        .as("checks without a rule")
        .noneMatch(check -> check.rules().isEmpty());
    assertThat(Checks.all()).extracting(Check::id).doesNotHaveDuplicates();
    assertThat(verified)
        .as("rules with a check and a reason")
        .doesNotContainAnyElementsOf(unchecked());
    verified.addAll(unchecked());
    assertThat(Rules.all())
        .extracting(Rule::id)
        .as("rules, compared with those that have a check or a reason")
        .containsExactlyInAnyOrderElementsOf(verified);
  }

  @Test
  void atMostATenthOfTheRulesHasNoCheck() {
    assertThat(unchecked().size() * 10).isLessThanOrEqualTo(Rules.all().size());
  }

  @Test
  void eachStatementIsTheSourceOfARule() {
    Set<String> traced =
        Rules.all().stream()
            .flatMap(rule -> STATEMENT.matcher(rule.source()).results())
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(Statement.all())
        .extracting(Statement::id)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(traced);
  }

  @Test
  void eachRuleHasATextAndDescribesItsCheck() {
    assertThat(Rules.all())
        .allSatisfy(
            rule -> {
              assertThat(rule.id()).matches("[a-z]+\\.[a-z0-9-]+");
              assertThat(rule.text()).matches("[A-Za-z].*\\.");
              assertThat(rule.source()).isNotEmpty();
              assertThat(List.of(rule.sends(), rule.skipped(), rule.look()))
                  .as("of %s: sends, skipped and look", rule.id())
                  .allMatch(text -> rule.unchecked().isEmpty() ? isSentence(text) : text.isEmpty());
            });
  }

  private static boolean isSentence(String text) {
    return text.matches("\\S.*\\.");
  }

  /** {@code -Drules.renew=true} rewrites the document. */
  @Test
  void theDocumentMatchesTheCatalogue() throws IOException {
    String document = RulesDocument.text();
    if (Boolean.getBoolean("rules.renew")) {
      Files.writeString(DOCUMENT, document);
    }
    assertThat(Files.readString(DOCUMENT))
        .as(
            "docs/rules.md; to update it, run mvn test -pl conformance-tests -am -Dtest=RulesTest -Dsurefire.failIfNoSpecifiedTests=false -Drules.renew=true")
        .isEqualTo(document);
  }
}
