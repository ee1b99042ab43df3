package io.github.idc4j.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Services;
import io.github.idc4j.conformance.run.Status;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Services with hardly any data, or with results that they keep: no failure, but checks skipped.
 */
class UnusualDataTest {

  private static final Set<String> FEW_ROWS =
      Set.of("routes", "query", "paging", "tokens", "accepted", "quirks");

  private static final String KEPT =
      "the address that is to answer 202 answers at once, maybe with a result that it kept";

  @TempDir Path home;

  private static ConformanceResult run(
      ReferenceService service, Proxy.Behaviour behaviour, Set<String> areas) throws IOException {
    try (Proxy proxy = new Proxy(service.baseUrl(), behaviour);
        Proxy slow = new Proxy(service.slowBaseUrl(), behaviour)) {
      return run(service, proxy, slow, areas);
    }
  }

  private static ConformanceResult run(
      ReferenceService service, Proxy proxy, Proxy slow, Set<String> areas) throws IOException {
    ConformanceResult result =
        Services.run(service, proxy.baseUrl(), slow.baseUrl())
            .select(Set.of(), areas, Set.of(Level.values()))
            .build()
            .run();
    assertThat(result.outcomes())
        .allSatisfy(
            outcome ->
                assertThat(outcome.status())
                    .as("%s: %s", outcome.title(), outcome.message())
                    .isIn(Status.PASS, Status.SKIP));
    return result;
  }

  private static List<String> reasons(ConformanceResult result, String titles) {
    return result.outcomes().stream()
        .filter(outcome -> outcome.title().startsWith(titles))
        .filter(outcome -> outcome.status() == Status.SKIP)
        .map(Outcome::message)
        .distinct()
        .toList();
  }

  @Test
  void anInstanceInAll() throws IOException {
    SampleSize one = new SampleSize(Map.of("nlst", 1), 1);
    try (ReferenceService service = Services.reference(home).sampleSize(one).start()) {
      ConformanceResult result =
          run(service, (request, reference) -> reference.send(request), FEW_ROWS);

      assertThat(reasons(result, "dicomMetadata: "))
          .contains(
              "the result has only 1 rows",
              "there is no second page, as the result has no more rows than 1");
    }
  }

  /** Neither is there a collection. */
  @Test
  void twoInstancesInAll() throws IOException {
    SampleSize two = new SampleSize(Map.of("nlst", 1), 2);
    try (ReferenceService service = Services.reference(home).sampleSize(two).start()) {
      ConformanceResult result =
          run(
              service,
              (request, reference) -> {
                ProxiedResponse answer = reference.send(request);
                return request.is("GET", "/collections")
                    ? answer.edited(body -> body.putArray("collections"))
                    : answer;
              },
              Set.of());

      assertThat(reasons(result, "dicomMetadata: ")).isEmpty();
      assertThat(reasons(result, "manifest: "))
          .containsExactly(
              "it needs a collection with at least 7 series, and none of the 16 smallest has that many");
    }
  }

  @Test
  void aHundredInstancesAreWalkedByEachSize() throws IOException {
    SampleSize hundred = new SampleSize(Map.of("nlst", 8), 100);
    try (ReferenceService service = Services.reference(home).sampleSize(hundred).start()) {
      ConformanceResult result =
          run(service, (request, reference) -> reference.send(request), Set.of("paging"));

      assertThat(result.outcomes())
          .filteredOn(outcome -> outcome.title().contains("any page size"))
          .extracting(Outcome::message)
          .containsExactlyInAnyOrder(
              "all 9 rows by each size", "all 9 rows by each size", "all 100 rows by each size");
    }
  }

  @Test
  void noImageHasAModality() throws IOException {
    try (ReferenceService service = Services.reference(home).start()) {
      ConformanceResult result =
          run(
              service,
              (request, reference) -> {
                ProxiedResponse answer = reference.send(request);
                return request.text().contains("\"fields\":[\"Modality\"]")
                    ? PageMutants.withRows(
                        answer, rows -> rows.removeAll().addObject().putNull("Modality"))
                    : answer;
              },
              Set.of("filters"));

      assertThat(reasons(result, "")).containsExactly("no image of the collection has a modality");
    }
  }

  /** A query is answered by 202 once, and at once when it was run already, at either address. */
  @Test
  void resultsAreKept() throws IOException {
    Set<String> kept = ConcurrentHashMap.newKeySet();
    LaterPages later = new LaterPages();
    try (ReferenceService service = Services.reference(home).start();
        Proxy proxy =
            new Proxy(
                service.baseUrl(),
                (request, reference) -> {
                  kept.add(query(request));
                  return later.answer(request, reference);
                });
        Proxy slow =
            new Proxy(
                service.baseUrl(),
                (request, reference) -> {
                  ProxiedResponse answer = later.answer(request, reference);
                  boolean first =
                      LaterPages.isForPage(request) && !LaterPages.isForLaterPage(request);
                  return first && answer.status() == 200 && kept.add(query(request))
                      ? later.accepted(request)
                      : answer;
                })) {
      ConformanceResult once = run(service, proxy, slow, Set.of("accepted"));
      assertThat(reasons(once, "manifest: ")).isEmpty();
      assertThat(reasons(once, "query: ")).isEmpty();
      assertThat(reasons(once, "A saved")).isEmpty();
      assertThat(reasons(once, "dicomMetadata: ")).containsExactly(KEPT);

      ConformanceResult again = run(service, proxy, slow, Set.of("accepted"));
      assertThat(reasons(again, "manifest: ")).containsExactly(KEPT);
    }
  }

  private static String query(ProxiedRequest request) {
    return request.path().replaceAll("/[0-9]+", "/id")
        + request.target().replaceAll("page_size=[^&]*", "")
        + request.text().replaceAll("\"description\":\"[^\"]*\"", "");
  }
}
