package io.github.idc4j.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.mutant.ProxiedResponse;
import io.github.idc4j.conformance.mutant.Proxy;
import io.github.idc4j.conformance.report.Reports;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** Full runs against services: correct, with quirks, slow, faulty. */
class ConformanceRunTest {

  @TempDir static Path home;

  @TempDir Path reports;

  private final ByteArrayOutputStream console = new ByteArrayOutputStream();

  private static ReferenceServiceBuilder service() {
    return Services.reference(home);
  }

  /** Checks a service; only the areas, if there are any. */
  private ConformanceResult check(ReferenceService service, String... areas) throws IOException {
    ConformanceRunBuilder run =
        Services.run(service, service.baseUrl(), service.slowBaseUrl())
            .reporter(Reports.folder(reports))
            .reporter(
                Reports.console(new PrintStream(console, true, StandardCharsets.UTF_8), false));
    if (areas.length > 0) {
      run.select(Set.of(), Set.of(areas), Set.of(Level.values()));
    }
    return run.build().run();
  }

  private ConformanceRunBuilder run(URI baseUrl) throws IOException {
    return ConformanceRun.builder()
        .baseUrl(baseUrl)
        .reporter(Reports.folder(reports))
        .reporter(Reports.console(new PrintStream(console, true, StandardCharsets.UTF_8), false));
  }

  private static List<Outcome> failures(ConformanceResult result) {
    return result.outcomes().stream().filter(outcome -> outcome.status() == Status.FAIL).toList();
  }

  @Test
  void aCorrectServicePassesEveryCheckAndOperation() throws IOException {
    try (ReferenceService service = service().start()) {
      ConformanceResult result = check(service);

      assertThat(result.outcomes())
          .filteredOn(outcome -> outcome.status() != Status.PASS)
          .extracting(
              outcome -> outcome.status() + " " + outcome.title() + ": " + outcome.message())
          .isEmpty();
      assertThat(result.outcomes()).hasSizeGreaterThan(150);
      assertThat(result.requests()).as("requests of a full run").isBetween(400, 800);
      assertThat(result.verifiedRules())
          .as("rules that can be verified")
          .containsExactlyInAnyOrderElementsOf(
              Rules.all().stream()
                  .filter(rule -> rule.unchecked().isEmpty())
                  .filter(rule -> !rule.area().equals("retired"))
                  .map(Rule::id)
                  .toList());
      assertThat(result.covered()).isEqualTo(result.operations()).hasSize(18);
      assertThat(result.exitCode()).isZero();
    }
  }

  @Test
  @Tag("slow")
  void quirksOfTheDeployedServicePass() throws IOException {
    try (ReferenceService service = service().quirks(true).start()) {
      assertThat(failures(check(service))).isEmpty();
    }
  }

  @Test
  @Tag("slow")
  void withoutUsersAndA202AddressTheirRulesAreSkippedWithTheReason() throws IOException {
    try (ReferenceService service = service().start()) {
      ConformanceResult result = run(service.baseUrl()).build().run();

      assertThat(result.exitCode()).isZero();
      assertThat(result.outcomes())
          .filteredOn(outcome -> outcome.area().equals("accepted"))
          .allSatisfy(
              outcome ->
                  assertThat(outcome.message()).containsAnyOf("--accepted-base-url", "TOKEN"))
          .anySatisfy(outcome -> assertThat(outcome.message()).contains("--accepted-base-url"));
      assertThat(console.toString(StandardCharsets.UTF_8))
          .contains("reason: there is no ID token (IDC4J_TOKEN)");
    }
  }

  @Test
  @Tag("slow")
  void aServiceWithLittleDataSkipsChecksThatNeedMore() throws IOException {
    try (ReferenceService service =
        service().sampleSize(new SampleSize(Map.of("nlst", 1), 3)).start()) {
      ConformanceResult result = check(service);

      assertThat(failures(result)).isEmpty();
      assertThat(result.exitCode()).isZero();
      assertThat(result.outcomes())
          .filteredOn(outcome -> outcome.title().startsWith("manifest: the pages of a result"))
          .singleElement()
          .satisfies(
              outcome ->
                  assertThat(outcome.message())
                      .contains("needs a collection with at least 7 series"));
    }
  }

  @Test
  @Tag("slow")
  void aServiceThatIsAlwaysSlowPassesAndIsAskedFor202() throws IOException {
    try (ReferenceService service = service().unfinishedWaits(2).start()) {
      ConformanceResult result =
          run(service.baseUrl())
              .token(Caller.FIRST, service.issueToken("first@example.org"))
              .build()
              .run();

      assertThat(result.exitCode()).isZero();
      assertThat(result.outcomes())
          .filteredOn(outcome -> outcome.area().equals("accepted"))
          .isNotEmpty()
          .allSatisfy(outcome -> assertThat(outcome.status()).isEqualTo(Status.PASS));
    }
  }

  @ParameterizedTest
  @Tag("slow")
  // A service whose queries fail violates nearly every rule.
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FAIL_QUERIES")
  void aFaultViolatesItsRule(Fault fault) throws IOException {
    Map<Fault, String> meant =
        Map.of(
            Fault.LOSE_ROW_ON_PAGE_2, "paging.every-row-once",
            Fault.OMIT_TOKEN_IN_QUERY_202, "accepted.token");
    try (ReferenceService service = service().fault(fault).start()) {
      ConformanceResult result = check(service);

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(failures(result))
          .extracting(outcome -> outcome.rules().get(0).id())
          .startsWith(meant.get(fault))
          // A lost row is also missing with every other page size, and from a saved cohort.
          .isSubsetOf(meant.get(fault), "paging.any-size", "paging.changing-size", "tokens.saved");
      assertThat(console.toString(StandardCharsets.UTF_8)).contains("rule: " + meant.get(fault));
    }
  }

  @Test
  @Tag("slow")
  void theCurlCommandsOfAFailureReproduceIt() throws IOException, InterruptedException {
    try (ReferenceService service = service().fault(Fault.LOSE_ROW_ON_PAGE_2).start()) {
      String curl =
          failures(check(service, "paging")).stream()
              .filter(outcome -> outcome.title().startsWith("manifest: the pages"))
              .findFirst()
              .flatMap(Outcome::curl)
              .orElseThrow();
      String page = Bash.body(Bash.run(curl, Map.of()));

      int pageSize = Integer.parseInt(curl.replaceAll("(?s).*page_size=(\\d+).*", "$1"));
      assertThat(JsonMapper.shared().readTree(page).at("/manifest/json_manifest").size())
          .as("rows of the page of %s", curl)
          .isEqualTo(pageSize - 1);
    }
  }

  @Test
  @Tag("slow")
  void theCurlCommandsOfASavedCohortSaveItAgain() throws IOException, InterruptedException {
    try (ReferenceService service = service().start()) {
      Proxy.Behaviour behaviour =
          (request, reference) -> {
            ProxiedResponse response = reference.send(request);
            return request.target().matches("/v1/cohorts/manifest/[0-9]+\\?SeriesInstanceUID=True")
                ? response.withBody(
                    response.text().replaceFirst("\"totalFound\": *[0-9]+", "\"totalFound\": 1"))
                : response;
          };
      try (Proxy tampered = new Proxy(service.baseUrl(), behaviour)) {
        String token = service.issueToken("first@example.org");
        ConformanceResult result =
            run(tampered.baseUrl())
                .token(Caller.FIRST, token)
                .select(Set.of(), Set.of("manifest"), Set.of(Level.values()))
                .build()
                .run();

        assertThat(failures(result))
            .extracting(outcome -> outcome.rules().get(0).id())
            .containsExactly("manifest.saved");
        String curl = failures(result).get(0).curl().orElseThrow();
        String again = Bash.body(Bash.run(curl, Map.of("IDC4J_TOKEN", token)));
        assertThat(JsonMapper.shared().readTree(again).at("/manifest/totalFound").asInt(0))
            .as("totalFound of %s", curl)
            .isEqualTo(1);
      }
    }
  }

  @Test
  void aFaultOfTheSuiteExitsWith3AndAFailureWith1() {
    assertThat(result(Status.PASS, Status.SKIP).exitCode()).isZero();
    assertThat(result(Status.PASS, Status.ERROR).exitCode()).isEqualTo(3);
    assertThat(result(Status.ERROR, Status.FAIL).exitCode()).isEqualTo(1);
    assertThat(result(Status.PASS, Status.AWAY).exitCode()).isEqualTo(5);
    assertThat(result(Status.PASS, Status.SLOW).exitCode()).isEqualTo(5);
    assertThat(result(Status.KNOWN, Status.SKIP).exitCode()).isZero();
    assertThat(result(Status.SKIP, Status.SKIP).exitCode()).isEqualTo(3);
    assertThat(result().exitCode()).isEqualTo(3);
  }

  private static ConformanceResult result(Status... statuses) {
    List<Outcome> outcomes =
        List.of(statuses).stream()
            .map(
                status ->
                    new Outcome(
                        "area/check",
                        "area",
                        "title",
                        List.<Rule>of(),
                        status,
                        "",
                        false,
                        Set.of(),
                        Optional.empty(),
                        Duration.ZERO))
            .toList();
    return new ConformanceResult(
        URI.create("http://127.0.0.1/v1"),
        outcomes,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        80,
        Duration.ZERO,
        0,
        1,
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        List.of());
  }
}
