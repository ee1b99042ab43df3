package io.github.idc4j.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.ConformanceResult;
import io.github.idc4j.conformance.Services;
import io.github.idc4j.conformance.Verdict;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
  private static final int STEP = 5;

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

  @BeforeAll
  static void start() throws IOException {
    service = Services.reference(home).start();
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

  static ConformanceResult check(ReferenceService service, Proxy.Behaviour behaviour)
      throws IOException {
    try (Proxy proxy = new Proxy(service.baseUrl(), behaviour);
        Proxy slow = new Proxy(service.slowBaseUrl(), behaviour)) {
      return Services.run(service, proxy.baseUrl(), slow.baseUrl()).failFast(true).build().run();
    }
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isCaughtFirstByItsRule(Mutant mutant) throws IOException {
    ConformanceResult result = check(service, mutant.behaviour().get());

    Optional<Verdict> caught =
        result.verdicts().stream()
            .filter(
                verdict ->
                    verdict.status() == Verdict.Status.FAIL
                        || verdict.status() == Verdict.Status.WARN)
            .findFirst();
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
  }

  @Test
  void thereAreEnoughOfEachClass() {
    List<Mutant> all = Mutants.all();
    assertThat(all).hasSizeGreaterThanOrEqualTo(100).extracting(Mutant::id).doesNotHaveDuplicates();
    assertThat(all.stream().map(Mutant::kind).collect(Collectors.toSet())).hasSize(14);
  }
}
