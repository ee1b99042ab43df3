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

  private static final Answer WAITING =
      Answer.json(
          202,
          "{\"code\":202,\"message\":\"[ERROR] wait\",\"query_info\":{\"next_page\":\"waiting\","
              + "\"cohortObjects\":{\"collections\":[],\"rowsReturned\":0,\"totalFound\":0}}}");

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

  private static ConformanceRun.Builder run(Proxy proxy, Set<String> rules, Set<String> areas) {
    return ConformanceRun.builder()
        .baseUrl(proxy.baseUrl())
        .select(rules, areas, Set.of(Level.values()))
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
              first.putIfAbsent(family, request.token());
              return page % circle == 0
                  ? answer.edited(body -> body.put("next_page", first.get(family)))
                  : answer;
            })) {
      ConformanceResult result = run(proxy, Set.of("paging.end"), Set.of()).build().run();

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
  void aQueryThatIsNeverDoneIsToldOnce() throws IOException {
    try (Proxy proxy =
        new Proxy(
            service.baseUrl(),
            (request, reference) -> {
              Answer answer = reference.send(request);
              boolean query = request.path().equals("/cohorts/query/preview");
              return (query && answer.status() == 200) || request.has("next_page=waiting")
                  ? WAITING
                  : answer;
            })) {
      ConformanceResult result =
          run(proxy, Set.of(), Set.of("routes", "query", "paging", "accepted"))
              .maxWait(Duration.ofMillis(100))
              .build()
              .run();

      assertThat(result.verdicts())
          .filteredOn(verdict -> verdict.status() == Verdict.Status.FAIL)
          .filteredOn(verdict -> verdict.message().contains("202"))
          .singleElement()
          .satisfies(
              verdict -> {
                assertThat(verdict.rules().get(0).id()).isEqualTo("accepted.first-page");
                assertThat(verdict.message())
                    .containsPattern("still answers 202 after [0-9.]+ s, longer than a query may");
              });
      assertThat(result.verdicts())
          .filteredOn(verdict -> verdict.message().contains("answer 202 for ever"))
          .hasSizeGreaterThan(10)
          .allSatisfy(verdict -> assertThat(verdict.status()).isEqualTo(Verdict.Status.SKIP));
    }
  }

  @Test
  void aPreviewThatFailsIsToldOnce() throws IOException {
    try (Proxy proxy =
        new Proxy(
            service.baseUrl(),
            (request, reference) -> {
              Answer answer = reference.send(request);
              return request.path().equals("/cohorts/manifest/preview") && answer.status() == 200
                  ? Answer.json(400, "{\"code\":400,\"message\":\"no\"}")
                  : answer;
            })) {
      ConformanceResult result =
          run(proxy, Set.of(), Set.of("routes", "query", "paging")).build().run();

      assertThat(result.verdicts())
          .filteredOn(verdict -> verdict.status() == Verdict.Status.FAIL)
          .singleElement()
          .satisfies(verdict -> assertThat(verdict.message()).contains("expected a page"));
      assertThat(result.verdicts())
          .filteredOn(verdict -> verdict.message().startsWith("it needs a collection"))
          .hasSizeGreaterThan(20);
    }
  }
}
