package io.github.idc4j.conformance.mutant;

import static java.util.function.UnaryOperator.identity;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.ConformanceRunBuilder;
import io.github.idc4j.conformance.run.Services;
import io.github.idc4j.conformance.run.Status;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks are skipped exactly under the conditions in their rules. */
@Tag("slow")
class SkipsTest {

  @TempDir static Path home;

  private static ReferenceService service;
  private static Map<Caller, String> tokens;

  @BeforeAll
  static void start() throws IOException {
    service =
        Services.reference(home).sampleSize(new SampleSize(Map.of("tcga_luad", 6), 400)).start();
    tokens = Services.tokens(service, "first@example.org");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** Excludes paging and filters, which take long and need neither users nor writes. */
  private static final Set<String> OF_USERS =
      Rules.all().stream()
          .map(Rule::area)
          .distinct()
          .filter(area -> !Set.of("paging", "filters", "spec", "retired").contains(area))
          .collect(Collectors.toUnmodifiableSet());

  /** Runs with all tokens and settings, as changed by a test. */
  private static ConformanceResult run(
      Set<String> areas,
      UnaryOperator<ConformanceRunBuilder> without,
      UnaryOperator<ProxiedResponse> change)
      throws IOException {
    try (Proxy proxy =
        new Proxy(
            service.baseUrl(),
            (request, reference) -> {
              ProxiedResponse response = reference.send(request);
              return request.is("GET", "/collections") ? change.apply(response) : response;
            })) {
      return without
          .apply(
              Services.run(proxy.baseUrl(), tokens)
                  .acceptedBaseUrl(service.slowBaseUrl())
                  .select(Set.of(), areas, Set.of(Level.values()))
                  .allowWrites(true))
          .build()
          .run();
    }
  }

  /** Verifies that the rules of the skipped checks are those whose conditions match. */
  private static void skips(ConformanceResult result, String regex) {
    Pattern condition = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    Set<String> skipped =
        result.outcomes().stream()
            .filter(outcome -> outcome.status() == Status.SKIP)
            .flatMap(outcome -> outcome.rules().stream())
            .map(Rule::id)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(skipped)
        .as("rules of skipped checks, compared with those with the condition: %s", regex)
        .isEqualTo(
            Rules.all().stream()
                .filter(rule -> condition.matcher(skipped(rule)).find())
                .map(Rule::id)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Returns the conditions of a rule, or of the rule that they refer to. */
  private static String skipped(Rule rule) {
    return rule.skipped().startsWith("Same as ")
        ? Rules.of(rule.skipped().replaceAll("Same as (.*)\\.", "$1")).skipped()
        : rule.skipped();
  }

  @Test
  void withoutAnIdToken() throws IOException {
    skips(
        run(OF_USERS, run -> run.token(null), identity()),
        "without (an ID token(?! of)|ID tokens of two users)");
  }

  @Test
  void withoutOtherTokens() throws IOException {
    skips(
        run(
            OF_USERS,
            run ->
                run.secondToken(null)
                    .expiredToken(null)
                    .unknownUserToken(null)
                    .tokenWithoutEmail(null),
            identity()),
        "without ID tokens of two users|IDC4J_(EXPIRED|STRANGER|NAMELESS)_TOKEN");
  }

  @Test
  void ifWritesAreNotAllowed() throws IOException {
    skips(run(OF_USERS, run -> run.allowWrites(false), identity()), "if writes are not allowed");
  }

  @Test
  void ifNoCollectionHasEnoughSeries() throws IOException {
    skips(
        run(
            Set.of(),
            identity(),
            response -> response.edited(body -> body.putArray("collections"))),
        "if no collection has at least seven series");
  }

  @Test
  void ifNo202ResponseCanBeObtained() throws IOException {
    ConformanceResult result =
        Services.run(service.baseUrl(), tokens)
            .select(Set.of(), Set.of("accepted"), Set.of(Level.values()))
            .build()
            .run();
    skips(result, "if no 202 response can be obtained");
  }
}
