package io.github.idc4j.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import io.github.idc4j.conformance.run.Bash;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Evidence;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Services;
import io.github.idc4j.conformance.run.Status;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every seeded fault is caught, first by the rule that is meant for it.
 *
 * <p>Every build runs the checks of a rule against one fault of each rule and class; all of them
 * against all checks by {@code -Didc4j.mutants=all}, which also writes the table in {@code
 * docs/mutants.md}; {@code -Didc4j.mutants=charset-.*} does so for those whose identifiers match,
 * without the table.
 */
class MutantsTest {

  private static final String CHOSEN = System.getProperty("idc4j.mutants", "");
  private static final boolean ALL = CHOSEN.equals("all");
  private static final Path README = Path.of("..", "README.md");
  private static final Path TABLE = Path.of("..", "docs", "mutants.md");

  /** Why no service with one fault can break a rule that has a check. */
  private static final Map<String, String> WITHOUT =
      Map.of(
          "quirks.sorted-keys", "any order passes; a body without keys breaks spec.body",
          "quirks.other-headers",
              "there or not, both pass; an answer but 200 breaks metadata.about",
          "quirks.end-of-data", "a token after the last row breaks paging.only-page before",
          "quirks.token-length", "any length passes; no token breaks paging.every-row-once before",
          "retired.about", "it ends a run before the first check: UnusualServicesTest");

  @TempDir static Path home;

  private static final List<String> LINES =
      new ArrayList<>(
          List.of(
              "# Seeded faults",
              "",
              "Services with one fault each, and what the suite says of them. Written by",
              "`mvn verify -pl conformance-tests -am -Dtest='MutantsTest,OdditiesTest'"
                  + " -Didc4j.mutants=all -Dsurefire.failIfNoSpecifiedTests=false`;",
              "a fault is caught if the first check that fails names the rule that is meant for it.",
              "",
              "| class | fault | in words | rule | outcome |",
              "| --- | --- | --- | --- | --- |"));
  private static ReferenceService service;
  private static Map<Caller, String> tokens;

  /** The end of a body that is cut may fall into a token. */
  private static final int CUT = 700;

  @BeforeAll
  static void start() throws IOException {
    service = Services.reference(home).start();
    tokens = Services.tokens(service, "first@example.org");
  }

  @AfterAll
  static void stop() throws IOException {
    service.close();
    if (ALL) {
      Files.write(TABLE, LINES);
    }
  }

  static Collection<Mutant> mutants() {
    List<Mutant> all = Mutants.all();
    if (ALL) {
      return all;
    }
    if (!CHOSEN.isEmpty()) {
      return all.stream().filter(mutant -> mutant.id().matches(CHOSEN)).toList();
    }
    Map<String, Mutant> ofRuleAndClass = new LinkedHashMap<>();
    all.forEach(mutant -> ofRuleAndClass.putIfAbsent(mutant.rule() + mutant.kind(), mutant));
    return ofRuleAndClass.values();
  }

  /** What holds for every answer has no check of its own. */
  private static Set<String> chosen(Mutant mutant) {
    return !CHOSEN.isEmpty() || Rules.of(mutant.rule()).isOfEveryResponse()
        ? Set.of()
        : Set.of(mutant.rule());
  }

  /** Runs against the service with a fault; {@code then} looks at the result while it is there. */
  private static void check(Mutant mutant, Consumer<ConformanceResult> then) throws IOException {
    Proxy.Behaviour behaviour = mutant.behaviour().get();
    try (Proxy proxy = new Proxy(service.baseUrl(), behaviour);
        Proxy slow = new Proxy(service.slowBaseUrl(), behaviour)) {
      then.accept(
          Services.run(proxy.baseUrl(), tokens)
              .acceptedBaseUrl(slow.baseUrl())
              .select(chosen(mutant), Set.of(), Set.of(Level.values()))
              .failFast(true)
              .build()
              .run());
    }
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isCaughtFirstByItsRule(Mutant mutant) throws IOException {
    check(
        mutant,
        result -> {
          Optional<Outcome> caught =
              result.outcomes().stream().filter(MutantsTest::isCaught).findFirst();
          String first = caught.map(outcome -> outcome.rules().get(0).id()).orElse("nothing");
          LINES.add(row(mutant, first.equals(mutant.rule()) ? "caught" : "**" + first + "**"));
          assertThat(first).as("%s: %s", mutant.what(), caught).isEqualTo(mutant.rule());
          caught.flatMap(Outcome::evidence).ifPresent(MutantsTest::isReproduced);
        });
  }

  private static boolean isCaught(Outcome outcome) {
    return outcome.status() == Status.FAIL || outcome.status() == Status.WARN;
  }

  /** The curl line of a report gets the answer that the report shows. */
  private static void isReproduced(Evidence evidence) {
    String output = Bash.run(evidence.curl(), environment());
    String shown = evidence.response().orElseThrow();
    assertThat(output.replaceFirst("HTTP/1.1 (\\d+)[^\\r]*", "HTTP $1"))
        .as("what the line gets: %s", evidence.curl())
        .startsWith(shown.substring(0, shown.indexOf('\n')) + "\r\n");
    if (evidence.request().matches("(?s)GET \\S+/cohorts\n.*")) {
      // What the list had was deleted meanwhile.
      return;
    }
    assertThat(comparable(pretty(Bash.body(output))))
        .as("the body that the line gets: %s", evidence.curl())
        .startsWith(comparable(shown.substring(shown.indexOf("\n\n") + 2)));
  }

  private static Map<String, String> environment() {
    return tokens.entrySet().stream()
        .collect(Collectors.toMap(token -> token.getKey().variable(), Map.Entry::getValue));
  }

  private static String pretty(String body) {
    try {
      JsonMapper json = JsonMapper.shared();
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(json.readTree(body));
    } catch (JacksonException e) {
      return body;
    }
  }

  /** Leaves out what differs from request to request: tokens, identifiers, dates; and a cut end. */
  private static String comparable(String body) {
    String same =
        body.replaceAll("[A-Za-z0-9_=-]{60,}", "TOKEN")
            .replaceAll("((\"cohort_id\" :|\"id\" :|[Cc]ohort|ID) )\\d+", "$1ID")
            .replaceAll("\\d{2}:\\d{2}:\\d{2}", "TIME");
    return same.endsWith(" ...") ? same.substring(0, same.length() - CUT) : same;
  }

  @Test
  void eachRuleWithACheckHasOneOrAReason() {
    Set<String> checked =
        Rules.all().stream()
            .filter(rule -> rule.unchecked().isEmpty())
            .map(Rule::id)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> broken = new TreeSet<>(WITHOUT.keySet());
    Mutants.all().forEach(mutant -> broken.add(mutant.rule()));
    assertThat(broken).isEqualTo(checked);
    assertThat(Mutants.all())
        .extracting(Mutant::rule)
        .doesNotContainAnyElementsOf(WITHOUT.keySet());
  }

  /** Written anew by the run of all. */
  @Test
  void theTableHasThem() throws IOException {
    assertThat(Files.readAllLines(TABLE).stream().filter(line -> line.endsWith(" caught |")))
        .as("rows of docs/mutants.md")
        .containsExactlyElementsOf(
            Mutants.all().stream().map(mutant -> row(mutant, "caught")).toList());
  }

  @Test
  void theReadmeSaysHowMany() throws IOException {
    assertThat(Files.readString(README))
        .contains(Mutants.all().size() + " services with one fault each, in 14 classes")
        .contains(Oddities.all().size() + " services that are odd");
  }

  private static String row(Mutant mutant, String outcome) {
    return "| %s | %s | %s | `%s` | %s |"
        .formatted(mutant.kind(), mutant.id(), mutant.what(), mutant.rule(), outcome);
  }

  @Test
  void thereAreEnoughOfEachClass() {
    List<Mutant> all = Mutants.all();
    assertThat(all).hasSizeGreaterThanOrEqualTo(100).extracting(Mutant::id).doesNotHaveDuplicates();
    assertThat(all.stream().map(Mutant::kind).collect(Collectors.toSet())).hasSize(14);
  }
}
