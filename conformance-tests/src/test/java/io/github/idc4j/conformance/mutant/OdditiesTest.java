package io.github.idc4j.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Services;
import io.github.idc4j.conformance.run.Status;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is odd but within the contract passes.
 *
 * <p>A part runs in every build, all of them by {@code -Didc4j.mutants=all}, and those whose text
 * matches by {@code -Didc4j.oddities=500.*}.
 */
class OdditiesTest {

  private static final int STEP = 6;

  @TempDir static Path home;

  private static ReferenceService service;

  @BeforeAll
  static void start() throws IOException {
    service = Services.reference(home).slowAddress(5).start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  static Stream<Oddity> oddities() {
    List<Oddity> all = Oddities.all();
    String chosen = System.getProperty("idc4j.oddities");
    if (chosen != null) {
      return all.stream().filter(oddity -> oddity.what().matches(chosen));
    }
    return "all".equals(System.getProperty("idc4j.mutants"))
        ? all.stream()
        : IntStream.range(0, all.size()).filter(i -> i % STEP == 0).mapToObj(all::get);
  }

  @ParameterizedTest
  @MethodSource("oddities")
  void passes(Oddity oddity) throws IOException {
    ConformanceResult result;
    try (Proxy proxy = new Proxy(service.baseUrl(), oddity.behaviour().get(), oddity.encoding());
        Proxy slow =
            new Proxy(service.slowBaseUrl(), oddity.behaviour().get(), oddity.encoding())) {
      result = Services.run(service, proxy.baseUrl(), slow.baseUrl()).build().run();
    }
    assertThat(result.outcomes())
        .hasSizeGreaterThan(150)
        .allSatisfy(
            outcome ->
                assertThat(outcome.status())
                    .as("%s: %s", outcome.title(), outcome.message())
                    // What only should be so may be odd.
                    .isIn(Status.PASS, Status.SKIP, Status.WARN));
    assertThat(result.count(Status.SKIP)).as("skipped checks").isLessThanOrEqualTo(5);
  }

  @Test
  void thereAreEnough() {
    assertThat(Oddities.all()).hasSizeGreaterThanOrEqualTo(20);
  }
}
