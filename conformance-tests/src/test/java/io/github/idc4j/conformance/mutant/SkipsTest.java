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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check is skipped where its rule says so, and nowhere else. */
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

  /** Paging and filters take long, and look at neither users nor writes. */
  private static final Set<String> OF_USERS =
      Rules.all().stream()
          .map(Rule::area)
          .distinct()
          .filter(area -> !Set.of("paging", "filters", "spec", "retired").contains(area))
          .collect(Collectors.toUnmodifiableSet());

  /** Runs with all that can be given, but for what a test takes away. */
  private static ConformanceResult run(
      Set<String> areas,
      UnaryOperator<ConformanceRunBuilder> without,
      UnaryOperator<ProxiedResponse> change)
      throws IOException {
    try (Proxy proxy =
        new Proxy(
            service.baseUrl(),
            (request, reference) -> {
              ProxiedResponse answer = reference.send(request);
              return request.is("GET", "/collections") ? change.apply(answer) : answer;
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

  /** The rules of the checks that were skipped are those that say so in such words. */
  private static void skips(ConformanceResult result, String words) {
    Pattern said = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    Set<String> skipped =
        result.outcomes().stream()
            .filter(outcome -> outcome.status() == Status.SKIP)
            .flatMap(outcome -> outcome.rules().stream())
            .map(Rule::id)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(skipped)
        .as("rules of skipped checks, against those that say: %s", words)
        .isEqualTo(
            Rules.all().stream()
                .filter(rule -> said.matcher(skipped(rule)).find())
                .map(Rule::id)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Returns when a rule's check is skipped; it may be that of another rule. */
  private static String skipped(Rule rule) {
    return rule.skipped().startsWith("As ")
        ? Rules.of(rule.skipped().replaceAll("As (.*)\\.", "$1")).skipped()
        : rule.skipped();
  }

  @Test
  void withoutAnIdToken() throws IOException {
    skips(
        run(OF_USERS, run -> run.token(null), identity()),
        "without (an ID token(?! of)|ID tokens of two users)");
  }

  @Test
  void withoutTheOtherTokens() throws IOException {
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
  void whereWritesAreNotAllowed() throws IOException {
    skips(run(OF_USERS, run -> run.allowWrites(false), identity()), "where writes are not allowed");
  }

  @Test
  void whereNoCollectionHasEnoughSeries() throws IOException {
    skips(
        run(Set.of(), identity(), answer -> answer.edited(body -> body.putArray("collections"))),
        "where no collection has seven series");
  }

  @Test
  void whereNo202CanBeHad() throws IOException {
    ConformanceResult result =
        Services.run(service.baseUrl(), tokens)
            .select(Set.of(), Set.of("accepted"), Set.of(Level.values()))
            .build()
            .run();
    skips(result, "where no 202 can be had");
  }
}
