package io.github.idc4j.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.Bash;
import io.github.idc4j.conformance.ConformanceResult;
import io.github.idc4j.conformance.Services;
import io.github.idc4j.conformance.Verdict;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Evidence;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
 * <p>A part of them runs in every build; all of them by {@code -Didc4j.mutants=all}, which also
 * writes the table in {@code docs/mutants.md} anew.
 */
class MutantsTest {

  private static final boolean ALL = "all".equals(System.getProperty("idc4j.mutants"));
  private static final Path TABLE = Path.of("..", "docs", "mutants.md");

  /** Of each so many one runs in every build. */
  private static final int STEP = 2;

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
              "| class | fault | in words | rule | verdict |",
              "| --- | --- | --- | --- | --- |"));
  private static ReferenceService service;
  private static Map<Bearer, String> tokens;

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

  static Stream<Mutant> mutants() {
    List<Mutant> all = Mutants.all();
    return ALL
        ? all.stream()
        : IntStream.range(0, all.size()).filter(i -> i % STEP == 0).mapToObj(all::get);
  }

  /** Runs against the service with a fault; {@code then} looks at the result while it is there. */
  private static void check(Mutant mutant, Consumer<ConformanceResult> then) throws IOException {
    Proxy.Behaviour behaviour = mutant.behaviour().get();
    try (Proxy proxy = new Proxy(service.baseUrl(), behaviour);
        Proxy slow = new Proxy(service.slowBaseUrl(), behaviour)) {
      then.accept(
          Services.run(proxy.baseUrl(), tokens)
              .acceptedBaseUrl(slow.baseUrl())
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
          Optional<Verdict> caught =
              result.verdicts().stream().filter(MutantsTest::isCaught).findFirst();
          String first = caught.map(verdict -> verdict.rules().get(0).id()).orElse("nothing");
          LINES.add(
              "| %s | %s | %s | `%s` | %s |"
                  .formatted(
                      mutant.kind(),
                      mutant.id(),
                      mutant.what(),
                      mutant.rule(),
                      first.equals(mutant.rule()) ? "caught" : "**" + first + "**"));
          assertThat(first).as("%s: %s", mutant.what(), caught).isEqualTo(mutant.rule());
          caught.flatMap(Verdict::evidence).ifPresent(MutantsTest::isReproduced);
        });
  }

  private static boolean isCaught(Verdict verdict) {
    return verdict.status() == Verdict.Status.FAIL || verdict.status() == Verdict.Status.WARN;
  }

  /** The curl line of a report gets the answer that the report shows. */
  private static void isReproduced(Evidence evidence) {
    String output = Bash.run(evidence.curl(), environment());
    String shown = evidence.answer().orElseThrow();
    assertThat(output.replaceFirst("HTTP/1.1 (\\d+)[^\\r]*", "HTTP $1"))
        .as("what the line gets: %s", evidence.curl())
        .startsWith(shown.substring(0, shown.indexOf('\n')) + "\r\n");
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
  void thereAreEnoughOfEachClass() {
    List<Mutant> all = Mutants.all();
    assertThat(all).hasSizeGreaterThanOrEqualTo(100).extracting(Mutant::id).doesNotHaveDuplicates();
    assertThat(all.stream().map(Mutant::kind).collect(Collectors.toSet())).hasSize(14);
  }
}
