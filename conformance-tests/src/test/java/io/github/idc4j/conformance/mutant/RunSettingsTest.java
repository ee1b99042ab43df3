package io.github.idc4j.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.report.Reports;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.ConformanceRun;
import io.github.idc4j.conformance.run.ConformanceRunBuilder;
import io.github.idc4j.conformance.run.ConformanceSession;
import io.github.idc4j.conformance.run.KnownFailures;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Reporter;
import io.github.idc4j.conformance.run.Services;
import io.github.idc4j.conformance.run.Status;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ArrayNode;

/** Effects of the settings of a run. */
@Tag("slow")
class RunSettingsTest {

  private static final Set<Level> LEVELS = Set.of(Level.values());

  @TempDir static Path home;

  @TempDir Path folder;

  private static ReferenceService service;

  private final Queue<ProxiedRequest> seen = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void start() throws IOException {
    service = Services.reference(home).start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private ConformanceResult run(UnaryOperator<ConformanceRunBuilder> settings) throws IOException {
    return run(settings, response -> response);
  }

  private ConformanceResult run(
      UnaryOperator<ConformanceRunBuilder> settings, UnaryOperator<ProxiedResponse> change)
      throws IOException {
    try (Proxy proxy =
        new Proxy(
            service.baseUrl(),
            (request, service) -> {
              seen.add(request);
              return change.apply(service.send(request));
            })) {
      return settings
          .apply(Services.run(proxy.baseUrl(), Services.tokens(service, "first@example.org")))
          .build()
          .run();
    }
  }

  private static ProxiedResponse withoutFirstRow(ProxiedResponse response) {
    return response.edited(
        body ->
            List.of("/manifest/json_manifest", "/query_results/json")
                .forEach(
                    pointer -> {
                      if (body.at(pointer).size() > 2) {
                        ((ArrayNode) body.at(pointer)).remove(0);
                      }
                    }));
  }

  private static List<String> verdicts(ConformanceResult result) {
    return result.outcomes().stream()
        .map(outcome -> outcome.id() + " " + outcome.status())
        .toList();
  }

  @Test
  void severalJobsGiveTheSameOutcomesInTheSameOrder() throws IOException {
    Set<String> areas = Set.of("operations", "cohorts", "paging");
    // Loses the first row of each page.
    UnaryOperator<ProxiedResponse> fault = RunSettingsTest::withoutFirstRow;
    for (UnaryOperator<ProxiedResponse> change :
        List.of(UnaryOperator.<ProxiedResponse>identity(), fault)) {
      ConformanceResult one = run(settings -> settings.select(Set.of(), areas, LEVELS), change);
      ConformanceResult several =
          run(settings -> settings.select(Set.of(), areas, LEVELS).jobs(4), change);

      assertThat(verdicts(several)).isEqualTo(verdicts(one));
      assertThat(one.count(Status.FAIL) > 0).isEqualTo(change == fault);
    }
    assertThat(
            Services.cohorts(
                service.baseUrl(), Services.tokens(service, "first@example.org").get(Caller.FIRST)))
        .isEmpty();
  }

  @Test
  void anExcludedRuleIsNotVerified() throws IOException {
    UnaryOperator<ConformanceRunBuilder> walks =
        settings -> settings.select(Set.of("paging.every-row-once"), Set.of(), LEVELS);
    ConformanceResult result =
        run(
            settings -> walks.apply(settings).excludeRules(Set.of("paging.rows-returned")),
            RunSettingsTest::withoutFirstRow);

    assertThat(result.outcomes())
        .filteredOn(outcome -> outcome.id().startsWith("paging/walk["))
        .isNotEmpty()
        .allSatisfy(outcome -> assertThat(outcome.status()).isEqualTo(Status.SKIP))
        .allSatisfy(
            outcome ->
                assertThat(outcome.message())
                    .startsWith("the rule paging.rows-returned is excluded"));
    assertThat(
            run(settings -> routes(settings).excludeRules(Set.of("routes.final-slash"))).outcomes())
        .isNotEmpty()
        .noneSatisfy(outcome -> assertThat(outcome.id()).startsWith("routes/final-slash"));
  }

  private static ConformanceRunBuilder routes(ConformanceRunBuilder settings) {
    return settings.select(Set.of(), Set.of("routes"), LEVELS);
  }

  private static ProxiedResponse withoutSecurityHeader(ProxiedResponse response) {
    return response.without("Referrer-Policy");
  }

  private KnownFailures known(String... lines) throws IOException {
    Path file = folder.resolve("known.csv");
    // Spreadsheet programs write a byte order mark.
    Files.writeString(file, "\uFEFFrule,reason,link,expires\n" + String.join("\n", lines) + "\n");
    return KnownFailures.read(file);
  }

  @Test
  void limitsTheRequests() throws IOException {
    ConformanceResult result = run(settings -> settings.maxRequests(40));

    assertThat(seen).hasSizeBetween(38, 45);
    assertThat(result.exitCode()).as("exit code if few rules were verified").isEqualTo(3);
    assertThat(result.outcomes())
        .anySatisfy(
            outcome ->
                assertThat(outcome.message()).isEqualTo("the limit of 40 requests is reached"));
  }

  @Test
  void limitsTheTime() throws IOException {
    ConformanceResult result = run(settings -> settings.maxTime(Duration.ofNanos(1)));

    assertThat(result.outcomes())
        .allSatisfy(
            outcome -> assertThat(outcome.message()).isEqualTo("the limit of 0 s is reached"));
    assertThat(result.exitCode()).as("exit code of a run without results").isEqualTo(3);
  }

  @Test
  void runsTheSelectedChecks() throws IOException {
    assertThat(run(settings -> settings.select(Set.of(), Set.of("metadata"), LEVELS)).outcomes())
        .isNotEmpty()
        .allSatisfy(outcome -> assertThat(outcome.area()).isEqualTo("metadata"));
    assertThat(run(settings -> settings.select(Set.of("filters.or"), Set.of(), LEVELS)).outcomes())
        .singleElement()
        .satisfies(outcome -> assertThat(outcome.status()).isEqualTo(Status.PASS));
    assertThat(
            run(settings -> settings.select(Set.of(), Set.of(), Set.of(Level.SHOULD))).outcomes())
        .isNotEmpty()
        .allSatisfy(
            outcome -> assertThat(outcome.rules()).anyMatch(rule -> rule.level() == Level.SHOULD));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(settings -> settings.select(Set.of("no.rule"), Set.of(), LEVELS)))
        .withMessageStartingWith("Unknown rule no.rule. Known rules are accepted.first-page, ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(settings -> settings.select(Set.of(), Set.of("moon"), LEVELS)))
        .withMessageStartingWith("Unknown area moon. Known areas are accepted, auth, ");
  }

  @Test
  void laterSettingsDoNotChangeARun() throws IOException {
    ConformanceRunBuilder settings =
        Services.run(service.baseUrl(), Services.tokens(service, "first@example.org"))
            .select(Set.of("auth.expired-token"), Set.of(), LEVELS);
    ConformanceRun run = settings.build();
    ConformanceRun later = settings.expiredToken(null).seed(2).build();

    assertThat(run.run().outcomes()).extracting(Outcome::status).containsOnly(Status.PASS);
    assertThat(run.run().seed()).isEqualTo(1);
    assertThat(later.run().outcomes()).extracting(Outcome::status).containsOnly(Status.SKIP);
  }

  @Test
  void aViolationOfAShouldRuleIsAWarning() throws IOException {
    ConformanceResult result = run(RunSettingsTest::routes, RunSettingsTest::withoutSecurityHeader);

    assertThat(result.count(Status.WARN)).isEqualTo(1);
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void failFastSendsNothingAfterAFailure() throws IOException {
    ConformanceResult result =
        run(
            settings -> settings.failFast(true),
            response -> response.edited(body -> body.put("code", 7)));

    assertThat(result.count(Status.FAIL)).isEqualTo(1);
    assertThat(
            result.outcomes().stream()
                .dropWhile(outcome -> outcome.status() != Status.FAIL)
                .skip(1))
        .isNotEmpty()
        .extracting(Outcome::status)
        .containsOnly(Status.SKIP);
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void failFastIgnoresKnownFailures() throws IOException {
    KnownFailures known = known("spec.code,Fix in progress,https://example.org/7,2999-01-31");
    ConformanceResult result =
        run(
            settings ->
                settings
                    .failFast(true)
                    .knownFailures(known)
                    .select(Set.of(), Set.of("metadata"), LEVELS),
            response -> response.edited(body -> body.put("code", 7)));

    assertThat(result.count(Status.KNOWN)).isEqualTo(result.outcomes().size());
  }

  @Test
  void aKnownFailureDoesNotCountUntilItExpires() throws IOException {
    KnownFailures known =
        known("routes.security-headers,Fix in progress,https://example.org/7,2999-01-31");
    ConformanceResult result =
        run(
            settings -> routes(settings).knownFailures(known),
            RunSettingsTest::withoutSecurityHeader);

    assertThat(result.exitCode()).isZero();
    assertThat(result.outcomes())
        .filteredOn(outcome -> outcome.status() == Status.KNOWN)
        .singleElement()
        .satisfies(
            outcome ->
                assertThat(outcome.message())
                    .startsWith(
                        "known until 2999-01-31: Fix in progress (https://example.org/7); "));

    KnownFailures expired =
        known("routes.security-headers,Fix in progress,https://example.org/7,2026-01-31");
    ConformanceResult later =
        run(
            settings -> routes(settings).knownFailures(expired),
            RunSettingsTest::withoutSecurityHeader);

    assertThat(later.exitCode()).isEqualTo(1);
    assertThat(later.problems())
        .containsExactly("known failure routes.security-headers: expired on 2026-01-31");
  }

  /** The checks of operations pass, but responses of other checks may be invalid. */
  @Test
  void onlyAFullRunReportsAStaleEntryOfARuleOfEveryResponse() throws IOException {
    KnownFailures known = known("spec.status,Fix in progress,https://example.org/8,2999-01-31");
    ConformanceResult result =
        run(
            settings ->
                settings.select(Set.of(), Set.of("operations"), LEVELS).knownFailures(known));

    assertThat(result.problems()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void aSessionAppliesKnownFailures() throws IOException {
    KnownFailures known =
        known("routes.security-headers,Fix in progress,https://example.org/7,2999-01-31");
    try (Proxy proxy =
            new Proxy(
                service.baseUrl(),
                (request, reference) -> withoutSecurityHeader(reference.send(request)));
        ConformanceSession session =
            routes(ConformanceRun.builder().baseUrl(proxy.baseUrl()).knownFailures(known))
                .build()
                .open()) {
      assertThat(session.checks())
          .extracting(check -> check.run().get().status())
          .contains(Status.KNOWN)
          .doesNotContain(Status.WARN, Status.FAIL);
    }
  }

  @Test
  void aKnownFailureThatPassesFailsTheRun() throws IOException {
    KnownFailures known =
        known(
            "paging.order,Fix in progress,https://example.org/7,2999-01-31",
            "spec.code,Fix in progress,https://example.org/8,2999-01-31");
    ConformanceResult result = run(settings -> settings.knownFailures(known));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.problems())
        .containsExactly(
            "known failure paging.order: it passes now; remove the entry",
            "known failure spec.code: it passes now; remove the entry");
    assertThat(run(settings -> routes(settings).knownFailures(known)).problems())
        .as("problems of a partial run")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no.rule,r,l,2999-01-31 | line 2: No rule has the identifier no.rule",
        "paging.order,,l,2999-01-31 | line 2: reason is missing; an entry has rule,reason,link,expires",
        "paging.order,r,l | line 2: expires is missing; an entry has rule,reason,link,expires",
        "retired.about,r,l,2999-01-31 | line 2: no check can fail by the rule retired.about, so it needs no entry",
        "routes.https,r,l,2999-01-31 | line 2: no check can fail by the rule routes.https, so it needs no entry",
        "paging.order,r,l,soon | line 2: expires is a date such as 2027-01-31, not soon"
      })
  void anInvalidEntryIsReportedWithItsLine(String line, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> known(line))
        .withMessageContaining("known.csv, " + message);
  }

  @Test
  void aRunThatIsOutOfMemoryReportsItsResultsSoFar() throws IOException {
    PrintStream console =
        new PrintStream(OutputStream.nullOutputStream()) {
          @Override
          public void println(String line) {
            if (line.contains("GET /collections lists")) {
              throw new OutOfMemoryError("no heap left");
            }
          }
        };
    Reporter files = Reports.folder(folder);
    ConformanceResult result =
        run(
            settings ->
                settings
                    .reporter(Reports.console(console, false))
                    .reporter(files)
                    .select(Set.of(), Set.of("metadata"), LEVELS));

    assertThat(result.count(Status.PASS)).isPositive();
    assertThat(result.count(Status.ERROR)).isEqualTo(1);
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(folder.resolve("report.md")).content().contains("no heap left");
  }

  @Test
  void aMissingFileIsReported() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KnownFailures.read(folder.resolve("none.csv")))
        .withMessageStartingWith("There is no file of known failures at ");
  }
}
