package io.github.idc4j.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Services;
import io.github.idc4j.conformance.run.Status;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Connection resets and an overloaded service do not change the outcomes.
 *
 * <p>CI does one run of some areas; {@code -Didc4j.runs=50 -Didc4j.delay=3000} does fifty of all
 * areas, in which one of sixteen responses takes three seconds.
 */
@Tag("slow")
class NoiseTest {

  private static final int RUNS = Integer.getInteger("idc4j.runs", 1);
  private static final int DELAY_MILLIS = Integer.getInteger("idc4j.delay", 0);
  private static final int AT_ONCE = 16;

  /** Empty for all. */
  private static final Set<String> AREAS =
      RUNS > 1 ? Set.of() : Set.of("cohorts", "manifest", "paging", "accepted");

  @TempDir static Path home;

  static Stream<Optional<Fault>> services() {
    return Stream.of(Optional.empty(), Optional.of(Fault.LOSE_ROW_ON_PAGE_2));
  }

  @ParameterizedTest
  @MethodSource("services")
  void theOutcomesAreTheSame(Optional<Fault> fault)
      throws IOException, InterruptedException, ExecutionException {
    ReferenceServiceBuilder builder = Services.reference(home);
    fault.ifPresent(builder::fault);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try (ReferenceService service = builder.start()) {
      ConformanceResult quiet =
          run(service, service.baseUrl(), service.slowBaseUrl(), "quiet@example.org");
      assertThat(quiet.exitCode()).isEqualTo(fault.isPresent() ? 1 : 0);
      List<Future<Noisy>> runs = new ArrayList<>();
      for (int seed = 1; seed <= RUNS; seed++) {
        runs.add(threads.submit(noisy(service, seed)));
      }
      for (int seed = 1; seed <= RUNS; seed++) {
        ConformanceResult noisy = runs.get(seed - 1).get().result();
        assertThat(statuses(noisy)).as("noise of the seed %d", seed).isEqualTo(statuses(quiet));
        assertThat(noisy.exitCode()).isEqualTo(quiet.exitCode());
        assertThat(noisy.requests())
            .as("requests, with retries")
            .isGreaterThan(quiet.requests())
            .isEqualTo(runs.get(seed - 1).get().requestsSeen());
        assertThat(
                Services.cohorts(
                    service.baseUrl(), service.issueToken("noisy" + seed + "@example.org")))
            .as("cohorts that the run left")
            .isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<Noisy> noisy(ReferenceService service, int seed) {
    return () -> {
      Noise noise = new Noise(new Random(seed));
      try (Proxy proxy = new Proxy(service.baseUrl(), noise);
          Proxy slow = new Proxy(service.slowBaseUrl(), noise)) {
        ConformanceResult result =
            run(service, proxy.baseUrl(), slow.baseUrl(), "noisy" + seed + "@example.org");
        return new Noisy(result, noise.requests());
      }
    };
  }

  private static ConformanceResult run(
      ReferenceService service, URI baseUrl, URI slowBaseUrl, String user) throws IOException {
    return Services.run(baseUrl, Services.tokens(service, user))
        .acceptedBaseUrl(slowBaseUrl)
        .select(Set.of(), AREAS, Set.of(Level.values()))
        .build()
        .run();
  }

  private static Map<String, String> statuses(ConformanceResult result) {
    return result.outcomes().stream()
        .collect(
            Collectors.toMap(
                outcome -> outcome.area() + ": " + outcome.title(),
                outcome ->
                    outcome.status() == Status.PASS
                        ? "PASS"
                        : outcome.status() + ": " + outcome.message()));
  }

  /** A disturbed run, and the number of its requests. */
  private record Noisy(ConformanceResult result, int requestsSeen) {}

  /** Disturbs one of ten requests: a reset before or after the service acted, 429 or 503. */
  private static final class Noise implements Proxy.Behaviour {
    private final Random random;
    private int requests;

    Noise(Random random) {
      this.random = random;
    }

    int requests() {
      synchronized (random) {
        return requests;
      }
    }

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      int kind;
      boolean late;
      synchronized (random) {
        requests++;
        kind = random.nextInt(40);
        late = random.nextInt(16) == 0;
      }
      if (late && DELAY_MILLIS > 0) {
        long end = System.nanoTime() + DELAY_MILLIS * 1_000_000L;
        while (System.nanoTime() < end) {
          LockSupport.parkNanos(end - System.nanoTime());
        }
      }
      return switch (kind) {
        case 0 -> throw new IOException("reset before the service received the request");
        case 1 -> {
          service.send(request);
          throw new IOException("reset after the service acted");
        }
        case 2 -> ProxiedResponse.json(429, "{\"code\":429,\"message\":\"slow down\"}");
        case 3 ->
            ProxiedResponse.json(503, "{\"code\":503,\"message\":\"busy\"}")
                .withHeader("Retry-After", "0");
        default -> service.send(request);
      };
    }
  }
}
