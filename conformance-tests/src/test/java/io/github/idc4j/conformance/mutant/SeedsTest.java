package io.github.idc4j.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Services;
import io.github.idc4j.conformance.run.Status;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A correct service passes with every seed of its data and of the run.
 *
 * <p>CI tests one seed; {@code -Didc4j.seeds=200} tests two hundred.
 */
@Tag("slow")
class SeedsTest {

  static IntStream seeds() {
    return IntStream.rangeClosed(1, Integer.getInteger("idc4j.seeds", 1));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aCorrectServicePasses(int seed, @TempDir Path home) throws IOException {
    try (ReferenceService service = Services.reference(home).seed(seed).start()) {
      ConformanceResult result =
          Services.run(service, service.baseUrl(), service.slowBaseUrl()).seed(seed).build().run();

      assertThat(result.outcomes())
          .filteredOn(outcome -> outcome.status() != Status.PASS && outcome.status() != Status.SKIP)
          .extracting(outcome -> outcome.title() + ": " + outcome.message())
          .isEmpty();
      assertThat(result.count(Status.PASS)).isGreaterThan(250);
    }
  }
}
