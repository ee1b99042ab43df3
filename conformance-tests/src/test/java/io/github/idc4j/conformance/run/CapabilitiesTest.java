package io.github.idc4j.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.idc4j.conformance.mutant.Proxy;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that do not offer everything. */
@Tag("slow")
class CapabilitiesTest {

  private static final Set<String> REDUCED = Set.of("cohorts", "account", "dicomMetadata");

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

  /** Checks a service with the operations of July 2025. */
  private static ConformanceResult checkReduced(UnaryOperator<ConformanceRunBuilder> settings)
      throws IOException {
    try (ReferenceService reduced = Services.reference(home).reduced(true).start()) {
      return settings
          .apply(Services.run(reduced, reduced.baseUrl(), reduced.slowBaseUrl()))
          .build()
          .run();
    }
  }

  private static ConformanceResult check(
      Proxy.Behaviour behaviour, UnaryOperator<ConformanceRunBuilder> settings) throws IOException {
    try (Proxy proxy = new Proxy(service.baseUrl(), behaviour);
        Proxy slow = new Proxy(service.slowBaseUrl(), behaviour)) {
      URI baseUrl = proxy.baseUrl();
      return settings.apply(Services.run(service, baseUrl, slow.baseUrl())).build().run();
    }
  }

  private static List<Outcome> failures(ConformanceResult result) {
    return result.outcomes().stream().filter(Outcome::isFailure).toList();
  }

  @Test
  void aReducedServicePassesIfDeclared() throws IOException {
    ConformanceResult result = checkReduced(run -> run.without(REDUCED));

    assertThat(failures(result)).isEmpty();
    assertThat(result.problems()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.count(Status.NOT_OFFERED)).isGreaterThan(50);
    assertThat(result.covered()).hasSize(9);
  }

  @Test
  void withoutADeclarationEachMissingOperationIsOneFinding() throws IOException {
    ConformanceResult result = checkReduced(run -> run);

    assertThat(failures(result))
        .hasSize(9)
        .allSatisfy(outcome -> assertThat(outcome.message()).contains(" is missing", "--without "));
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void aCapabilityThatIsDeclaredAbsentButWorksIsReported() throws IOException {
    ConformanceResult result =
        check(
            (request, reference) -> reference.send(request),
            run -> run.without(Set.of("getAccountDetails", "column:GCS_URL", "column:nothing")));

    assertThat(failures(result)).isEmpty();
    assertThat(result.problems())
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("getAccountDetails is declared absent, but "),
            problem ->
                assertThat(problem)
                    .isEqualTo("the column GCS_URL is declared absent, but a manifest has it"));
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConformanceRun.builder().without(Set.of("cohort")))
        .withMessageStartingWith(
            "Unknown capability cohort. Known capabilities are cohorts, account, ");
  }

  @Test
  void knownFailuresDoNotHideThatAlmostNothingWasVerified() throws IOException {
    Path known = home.resolve("known.csv");
    Files.writeString(
        known, "rule,reason,link,expires\nspec.media-type,Being mended,#7,2999-01-31\n");
    Proxy.Behaviour text =
        (request, reference) -> reference.send(request).withHeader("Content-Type", "text/plain");

    ConformanceResult result = check(text, run -> run.knownFailures(KnownFailures.read(known)));

    assertThat(result.verifiedTooLittle()).isTrue();
    assertThat(
            check(text, run -> run.knownFailures(KnownFailures.read(known)).minRules(0))
                .verifiedTooLittle())
        .isFalse();
  }
}
