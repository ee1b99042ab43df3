package io.github.idc4j.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.ConformanceResult;
import io.github.idc4j.conformance.ConformanceRun;
import io.github.idc4j.conformance.Services;
import io.github.idc4j.conformance.Verdict;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that goes round in circles is told so at once. */
class LoopTest {

  @TempDir static Path home;

  private static ReferenceService service;

  @BeforeAll
  static void start() throws IOException {
    service = Services.reference(home).start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static ConformanceRun.Builder run(Proxy proxy, String rule) {
    return ConformanceRun.builder()
        .baseUrl(proxy.baseUrl())
        .select(Set.of(rule), Set.of(), Set.of(Level.values()))
        .console(new PrintStream(OutputStream.nullOutputStream()));
  }

  /** The tokens of so many pages come again and again. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aTokenThatComesAgainEndsTheWalk(int circle) throws IOException {
    Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    Map<String, String> first = new ConcurrentHashMap<>();
    try (Proxy proxy =
        new Proxy(
            service.baseUrl(),
            (request, reference) -> {
              Answer answer = reference.send(request);
              String family = request.path().replace("/nextPage", "");
              if (!request.path().endsWith("/nextPage")) {
                return answer;
              }
              int page =
                  asked.computeIfAbsent(family, name -> new AtomicInteger()).incrementAndGet();
              first.putIfAbsent(family, Mutants.token(request));
              return page % circle == 0
                  ? answer.edited(body -> body.put("next_page", first.get(family)))
                  : answer;
            })) {
      ConformanceResult result = run(proxy, "paging.end").build().run();

      assertThat(result.verdicts())
          .hasSize(3)
          .allSatisfy(
              verdict -> {
                assertThat(verdict.status()).isEqualTo(Verdict.Status.FAIL);
                assertThat(verdict.rules().get(0).id()).isEqualTo("paging.end");
              });
      assertThat(asked.values())
          .hasSize(3)
          .allSatisfy(requests -> assertThat(requests.get()).as("nextPage").isLessThanOrEqualTo(3));
    }
  }

  @Test
  void aQueryThatIsNeverDoneEndsByTheRunsOwnLimit() throws IOException {
    try (Proxy proxy =
        new Proxy(
            service.baseUrl(),
            (request, reference) ->
                request.path().equals("/cohorts/manifest/preview")
                        || request.path().equals("/cohorts/manifest/nextPage")
                    ? Answer.json(
                        202, "{\"code\":202,\"message\":\"[ERROR] wait\",\"next_page\":\"t\"}")
                    : reference.send(request))) {
      ConformanceResult result =
          run(proxy, "accepted.first-page").maxWait(Duration.ofMillis(100)).build().run();

      assertThat(result.verdicts())
          .filteredOn(verdict -> verdict.title().startsWith("manifest"))
          .singleElement()
          .satisfies(
              verdict -> {
                assertThat(verdict.status()).isEqualTo(Verdict.Status.FAIL);
                assertThat(verdict.rules().get(0).id()).isEqualTo("accepted.first-page");
                assertThat(verdict.message()).contains("still answers 202 after");
              });
    }
  }
}
