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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Legal variations pass.
 *
 * <p>CI runs a part of them, {@code -Didc4j.mutants=all} runs all, and {@code
 * -Didc4j.variations=500.*} runs those whose description matches.
 */
@Tag("slow")
class VariationsTest {

  private static final int STEP = 20;

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

  static Stream<Variation> variations() {
    List<Variation> all = Variations.all();
    String chosen = System.getProperty("idc4j.variations");
    if (chosen != null) {
      return all.stream().filter(variation -> variation.what().matches(chosen));
    }
    return "all".equals(System.getProperty("idc4j.mutants"))
        ? all.stream()
        : IntStream.range(0, all.size()).filter(i -> i % STEP == 0).mapToObj(all::get);
  }

  @ParameterizedTest
  @MethodSource("variations")
  void passes(Variation variation) throws IOException {
    ConformanceResult result;
    try (Proxy proxy =
            new Proxy(service.baseUrl(), variation.behaviour().get(), variation.encoding());
        Proxy slow =
            new Proxy(service.slowBaseUrl(), variation.behaviour().get(), variation.encoding())) {
      result = Services.run(service, proxy.baseUrl(), slow.baseUrl()).build().run();
    }
    assertThat(result.outcomes())
        .hasSizeGreaterThan(150)
        .allSatisfy(
            outcome ->
                assertThat(outcome.status())
                    .as("%s: %s", outcome.title(), outcome.message())
                    // A SHOULD rule may be violated.
                    .isIn(Status.PASS, Status.SKIP, Status.WARN));
    assertThat(result.count(Status.SKIP)).as("skipped checks").isLessThanOrEqualTo(5);
  }

  @Test
  void thereAreEnough() {
    assertThat(Variations.all()).hasSizeGreaterThanOrEqualTo(20);
  }
}
