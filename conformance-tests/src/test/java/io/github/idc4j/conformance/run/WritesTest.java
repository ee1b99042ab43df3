package io.github.idc4j.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.mutant.ProxiedRequest;
import io.github.idc4j.conformance.mutant.ProxiedResponse;
import io.github.idc4j.conformance.mutant.Proxy;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run deletes the cohorts that it saves; a read-only run sends no writes. */
@Tag("slow")
class WritesTest {

  private static final Set<Level> LEVELS = Set.of(Level.values());
  private static final Set<String> WRITING_AREAS = Set.of("cohorts", "errors", "quirks", "auth");
  private static final Set<String> LIFE = Set.of("cohorts.life");

  @TempDir static Path home;

  private static ReferenceService service;
  private static int users;

  private final Queue<ProxiedRequest> seen = new ConcurrentLinkedQueue<>();
  private Map<Caller, String> tokens;

  @BeforeAll
  static void start() throws IOException {
    service = Services.reference(home).start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void signIn() throws IOException {
    users++;
    tokens = Services.tokens(service, "user" + users + "@example.org");
  }

  private ProxiedResponse recorded(ProxiedRequest request, Proxy.Service reference)
      throws IOException {
    seen.add(request);
    return reference.send(request);
  }

  private List<String> cohorts() throws IOException {
    return Services.cohorts(service.baseUrl(), tokens.get(Caller.FIRST));
  }

  private ConformanceRunBuilder life(URI baseUrl) {
    return Services.run(baseUrl, tokens).select(LIFE, Set.of(), LEVELS);
  }

  private static Set<String> rules(Set<String> areas) {
    return Rules.all().stream()
        .filter(rule -> areas.contains(rule.area()))
        .map(Rule::id)
        .collect(Collectors.toSet());
  }

  private void leaveOld() throws IOException {
    Services.save(
        service.baseUrl(),
        tokens.get(Caller.FIRST),
        "made by idc4j check 0f8f-77 at 2001-01-01T00:00:00Z");
    assertThat(cohorts()).hasSize(1);
  }

  private void assertOnlyRead() throws IOException {
    assertThat(seen)
        .isNotEmpty()
        .allSatisfy(
            request ->
                assertThat(request.method() + " " + request.target())
                    .matches("GET .*|POST /v1/cohorts/(manifest/preview|query/).*"));
    assertThat(cohorts()).as("cohorts of an earlier run").hasSize(1);
  }

  @Test
  void aReadOnlyRunKeepsTheCohortsOfOtherRuns() throws IOException {
    leaveOld();
    try (Proxy proxy = new Proxy(service.baseUrl(), this::recorded)) {
      ConformanceResult result =
          Services.run(proxy.baseUrl(), tokens)
              .allowWrites(false)
              .select(Set.of(), WRITING_AREAS, LEVELS)
              .build()
              .run();
      assertThat(result.outcomes())
          .filteredOn(outcome -> outcome.area().equals("cohorts"))
          .isNotEmpty()
          .allSatisfy(outcome -> assertThat(outcome.message()).contains("--allow-writes"));
    }
    assertOnlyRead();
  }

  @Test
  void aServiceOnAnotherHostIsReadOnlyByDefault() throws IOException, InterruptedException {
    leaveOld();
    Path hosts = Files.writeString(home.resolve("hosts"), "127.0.0.1 service.example\n");
    try (Proxy proxy = new Proxy(service.baseUrl(), this::recorded)) {
      URI elsewhere = URI.create("http://service.example:" + proxy.baseUrl().getPort() + "/v1");
      Process run =
          ChildRun.start(elsewhere, rules(WRITING_AREAS), tokens, "-Djdk.net.hosts.file=" + hosts);

      assertThat(run.waitFor()).isZero();
    }
    assertThat(seen).hasSizeGreaterThan(50);
    assertOnlyRead();
  }

  @Test
  void everyCohortOfARunHasItsMark() throws IOException {
    try (Proxy proxy = new Proxy(service.baseUrl(), this::recorded)) {
      Services.run(proxy.baseUrl(), tokens).select(Set.of(), WRITING_AREAS, LEVELS).build().run();
    }
    assertThat(seen)
        .filteredOn(request -> request.method().equals("POST"))
        .filteredOn(request -> request.target().matches("/v1/cohorts/?"))
        .filteredOn(request -> request.text().endsWith("}"))
        .hasSizeGreaterThan(15)
        .allSatisfy(
            request ->
                assertThat(request.text())
                    .containsPattern("\"made by idc4j check [0-9a-f-]{36} at [0-9TZ:-]+\""));
    assertThat(cohorts()).isEmpty();
  }

  /** The response does not show that the cohort was saved. */
  @ParameterizedTest
  @ValueSource(strings = {"\"cohort_id\"", "\"code\""})
  void aCohortThatAWrongResponseHidesIsDeleted(String lost) throws IOException {
    try (Proxy proxy =
        new Proxy(
            service.baseUrl(),
            (request, reference) -> {
              ProxiedResponse response = recorded(request, reference);
              return request.method().equals("POST") && request.target().equals("/v1/cohorts")
                  ? response.withBody(response.text().replace(lost, "\"lost\""))
                  : response;
            })) {
      ConformanceResult result =
          Services.run(proxy.baseUrl(), tokens)
              .select(Set.of(), WRITING_AREAS, LEVELS)
              .build()
              .run();
      assertThat(result.exitCode()).isEqualTo(1);
    }
    assertThat(seen).anyMatch(request -> request.method().equals("POST"));
    assertThat(cohorts()).isEmpty();
  }

  @Test
  void twoRunsOfAUserDoNotDisturbEachOther() throws IOException {
    AtomicBoolean begun = new AtomicBoolean();
    try (Proxy proxy =
        new Proxy(
            service.baseUrl(),
            (request, reference) -> {
              ProxiedResponse response = reference.send(request);
              if (request.method().equals("POST")
                  && request.target().equals("/v1/cohorts")
                  && !begun.getAndSet(true)) {
                assertThat(life(service.baseUrl()).build().run().exitCode()).isZero();
              }
              return response;
            })) {
      assertThat(life(proxy.baseUrl()).build().run().exitCode()).isZero();
    }
    assertThat(begun).isTrue();
    assertThat(cohorts()).isEmpty();
  }

  /** Starts a run in another process, and ends it as soon as a cohort is saved. */
  private void saveAndEnd(Function<Process, Process> end) throws IOException, InterruptedException {
    CountDownLatch saved = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (Proxy proxy =
        new Proxy(
            service.baseUrl(),
            (request, reference) -> {
              ProxiedResponse response = reference.send(request);
              if (request.method().equals("POST") && request.target().equals("/v1/cohorts")) {
                saved.countDown();
                await(ended);
              }
              return response;
            })) {
      Process run = ChildRun.start(proxy.baseUrl(), LIFE, tokens);
      await(saved);
      assertThat(cohorts()).hasSize(1);
      assertThat(end.apply(run).waitFor()).isNotZero();
      ended.countDown();
    }
  }

  @Test
  void aRunThatIsTerminatedDeletesItsCohort() throws IOException, InterruptedException {
    saveAndEnd(
        run -> {
          run.destroy();
          return run;
        });
    assertThat(cohorts()).isEmpty();
  }

  @Test
  void aLaterRunDeletesTheStaleCohortsOfAKilledRun() throws IOException, InterruptedException {
    saveAndEnd(Process::destroyForcibly);
    assertThat(cohorts()).hasSize(1);

    assertThat(life(service.baseUrl()).build().run().exitCode()).isZero();
    assertThat(cohorts()).as("cohorts that may belong to a running run").hasSize(1);

    assertThat(life(service.baseUrl()).staleAge(Duration.ZERO).build().run().exitCode()).isZero();
    assertThat(cohorts()).isEmpty();
  }

  @Test
  void deletesStaleCohortsOfRunsAndKeepsOtherCohorts() throws IOException {
    leaveOld();
    Services.save(service.baseUrl(), tokens.get(Caller.FIRST), "made by me");

    assertThat(life(service.baseUrl()).build().run().exitCode()).isZero();
    assertThat(cohorts()).containsExactly("made by me");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Uses two processes, whose maps have different orders. */
  @Test
  void theSameSeedSendsTheSameRequestsInTheSameOrder() throws IOException, InterruptedException {
    List<String> first;
    Set<String> rules = rules(Set.of("cohorts", "filters", "query"));
    try (Proxy proxy = new Proxy(service.baseUrl(), this::recorded)) {
      Services.run(proxy.baseUrl(), tokens).select(rules, Set.of(), LEVELS).build().run();
      first = seen.stream().map(WritesTest::shape).toList();
      seen.clear();
      assertThat(ChildRun.start(proxy.baseUrl(), rules, tokens).waitFor()).isZero();
    }
    assertThat(cohorts()).isEmpty();
    assertThat(seen.stream().map(WritesTest::shape).toList())
        .hasSizeGreaterThan(100)
        .isEqualTo(first);
  }

  /** Page tokens, identifiers of cohorts and the mark differ from run to run. */
  private static String shape(ProxiedRequest request) {
    String text = request.method() + " " + request.target() + " " + request.text();
    return text.replaceAll("next_page=[^& ]{20,}", "next_page=*")
        .replaceAll("(?<=/cohorts/(manifest/|query/)?)[0-9]+", "*")
        .replaceAll("(?<=\"cohorts\":)\\[?\"?[0-9,]+", "*")
        .replaceAll("made by idc4j check [^\"]+", "*");
  }
}
