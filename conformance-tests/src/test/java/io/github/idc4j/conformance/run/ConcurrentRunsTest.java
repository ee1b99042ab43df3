package io.github.idc4j.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs of the same user at the same time do not disturb each other.
 *
 * <p>{@code -Didc4j.concurrent=20} repeats the test 20 times.
 */
@Tag("slow")
class ConcurrentRunsTest {

  private static final int TIMES = Integer.getInteger("idc4j.concurrent", 1);

  @TempDir Path home;

  @Test
  void twoRunsAtOnceBothPass() throws IOException, InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (ReferenceService service = Services.reference(home).start()) {
      Callable<ConformanceResult> run =
          () -> Services.run(service, service.baseUrl(), service.slowBaseUrl()).build().run();
      for (int i = 0; i < TIMES; i++) {
        for (Future<ConformanceResult> result : threads.invokeAll(List.of(run, run))) {
          assertThat(result.get().outcomes())
              .filteredOn(outcome -> outcome.status() != Status.PASS)
              .as("checks that did not pass, repetition %d", i + 1)
              .allSatisfy(outcome -> assertThat(outcome.status()).isEqualTo(Status.SKIP));
          assertThat(result.get().exitCode()).isZero();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
