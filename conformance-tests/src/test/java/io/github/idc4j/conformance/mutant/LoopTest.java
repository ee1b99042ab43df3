package io.github.idc4j.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.ConformanceRun;
import io.github.idc4j.conformance.run.ConformanceRunBuilder;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Services;
import io.github.idc4j.conformance.run.Status;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Endless paging and endless queries are reported soon. */
@Tag("slow")
class LoopTest {

  private static final ProxiedResponse WAITING =
      ProxiedResponse.json(
          202,
          "{\"code\":202,\"message\":\"[ERROR] wait\",\"query_info\":{\"next_page\":\"waiting\","
              + "\"cohortObjects\":{\"collections\":[],\"rowsReturned\":0,\"totalFound\":0}}}");

  /** A check takes a fraction of a second, but other tests may run at the same time. */
  private static final Duration A_CHECK = Duration.ofSeconds(5);

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

  private static ConformanceRunBuilder run(Proxy proxy, Set<String> rules, Set<String> areas) {
    return ConformanceRun.builder()
        .baseUrl(proxy.baseUrl())
        .select(rules, areas, Set.of(Level.values()));
  }

  /** Repeats a number of pages forever, with the same or with new tokens. */
  private static final class Loop implements Proxy.Behaviour {
    private final int circle;
    private final boolean fresh;
    private final Map<String, List<String>> tokens = new ConcurrentHashMap<>();
    private final Map<String, Integer> pages = new ConcurrentHashMap<>();
    private final Map<String, Integer> longest = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();

    Loop(int circle, boolean fresh) {
      this.circle = circle;
      this.fresh = fresh;
    }

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service reference)
        throws IOException {
      if (!LaterPages.isForPage(request)) {
        return reference.send(request);
      }
      String family = request.path().replaceAll("/(preview|nextPage)$", "");
      if (!LaterPages.isForLaterPage(request)) {
        ProxiedResponse first = reference.send(request);
        pages.put(family, 0);
        tokens.put(family, new ArrayList<>(first.tokens()));
        return first;
      }
      all.incrementAndGet();
      int page = pages.merge(family, 1, Integer::sum);
      longest.merge(family, page, Math::max);
      List<String> known = tokens.get(family);
      String token = known.get((page - 1) % known.size());
      ProxiedResponse response = reference.send(request.withToken(token));
      if (known.size() < circle) {
        known.addAll(response.tokens());
      }
      String next = known.get(page % known.size());
      return response.status() == 200
          ? response.edited(body -> body.put("next_page", fresh ? next + "-" + page + "-" : next))
          : response;
    }
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "1, true", "2, true"})
  void anEndlessWalkStopsWithinThreeRequests(int circle, boolean fresh) throws IOException {
    Loop loop = new Loop(circle, fresh);
    try (Proxy proxy = new Proxy(service.baseUrl(), loop)) {
      ConformanceResult result = run(proxy, Set.of("paging.end"), Set.of()).build().run();

      assertThat(result.outcomes()).hasSize(3).allSatisfy(LoopTest::isEndless);
      assertThat(loop.longest.values())
          .as("requests of nextPage in a walk of each family")
          .hasSize(3)
          .allSatisfy(requests -> assertThat(requests).isLessThanOrEqualTo(3));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, true"})
  void noPagingCheckIsEndless(int circle, boolean fresh) throws IOException {
    Loop loop = new Loop(circle, fresh);
    try (Proxy proxy = new Proxy(service.baseUrl(), loop)) {
      ConformanceResult result = run(proxy, Set.of(), Set.of("paging")).build().run();

      assertThat(result.outcomes())
          .filteredOn(
              outcome -> outcome.title().matches(".*(the pages of a result|every page size).*"))
          .hasSize(6)
          .allSatisfy(LoopTest::isEndless);
      assertThat(result.outcomes())
          .allSatisfy(
              outcome -> {
                assertThat(outcome.status()).isIn(Status.PASS, Status.FAIL);
                assertThat(outcome.duration()).as(outcome.title()).isLessThan(A_CHECK);
              });
      assertThat(loop.longest.values())
          .as("requests of nextPage in a row; one check changes the size four times")
          .hasSize(3)
          .allSatisfy(requests -> assertThat(requests).isLessThanOrEqualTo(4));
      assertThat(loop.all).as("requests of nextPage").hasValueLessThan(60);
    }
  }

  private static void isEndless(Outcome outcome) {
    assertThat(outcome.status()).isEqualTo(Status.FAIL);
    assertThat(outcome.rules().get(0).id()).isEqualTo("paging.end");
    assertThat(outcome.message()).contains("paging would never end");
    assertThat(outcome.duration()).isLessThan(A_CHECK);
  }

  @Test
  void aQueryThatNeverFinishesIsReportedOnce() throws IOException {
    try (Proxy proxy =
        new Proxy(
            service.baseUrl(),
            (request, reference) -> {
              ProxiedResponse response = reference.send(request);
              boolean query = request.path().equals("/cohorts/query/preview");
              return (query && response.status() == 200) || request.has("next_page=waiting")
                  ? WAITING
                  : response;
            })) {
      ConformanceResult result =
          run(proxy, Set.of(), Set.of("routes", "query", "paging", "accepted"))
              .maxPending(Duration.ofMillis(100))
              .build()
              .run();

      assertThat(result.outcomes())
          .filteredOn(outcome -> outcome.status() == Status.FAIL)
          .filteredOn(outcome -> outcome.message().contains("202"))
          .singleElement()
          .satisfies(
              outcome -> {
                assertThat(outcome.rules().get(0).id()).isEqualTo("accepted.first-page");
                assertThat(outcome.message())
                    .containsPattern(
                        "still responds with 202 after [0-9.]+ s, longer than the maximum pending time");
              });
      assertThat(result.outcomes())
          .filteredOn(outcome -> outcome.message().contains("stay pending for too long"))
          .hasSizeGreaterThan(10)
          .allSatisfy(outcome -> assertThat(outcome.status()).isEqualTo(Status.SKIP));
    }
  }

  @Test
  void aFailingPreviewIsReportedOnce() throws IOException {
    try (Proxy proxy =
        new Proxy(
            service.baseUrl(),
            (request, reference) -> {
              ProxiedResponse response = reference.send(request);
              return request.path().equals("/cohorts/manifest/preview") && response.status() == 200
                  ? ProxiedResponse.json(400, "{\"code\":400,\"message\":\"no\"}")
                  : response;
            })) {
      ConformanceResult result =
          run(proxy, Set.of(), Set.of("routes", "query", "paging")).build().run();

      assertThat(result.outcomes())
          .filteredOn(outcome -> outcome.status() == Status.FAIL)
          .singleElement()
          .satisfies(outcome -> assertThat(outcome.message()).contains("expected a page"));
      assertThat(result.outcomes())
          .filteredOn(outcome -> outcome.message().startsWith("the check needs a collection"))
          .hasSizeGreaterThan(20);
    }
  }
}
