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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services with little data or with cached results: checks are skipped, but none fails. */
@Tag("slow")
class UnusualDataTest {

  private static final Set<String> FEW_ROWS =
      Set.of("routes", "query", "paging", "tokens", "accepted", "quirks");

  private static final String CACHED =
      "the base URL for 202 responses returns a page at once, possibly from a cache";

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
  void oneInstance() throws IOException {
    SampleSize one = new SampleSize(Map.of("nlst", 1), 1);
    try (ReferenceService service = Services.reference(home).sampleSize(one).start()) {
      ConformanceResult result =
          run(service, (request, reference) -> reference.send(request), FEW_ROWS);

      assertThat(reasons(result, "dicomMetadata: "))
          .contains(
              "the result has only 1 row", "there is no second page, because totalFound is 1");
    }
  }

  /** There is no collection either. */
  @Test
  void twoInstances() throws IOException {
    SampleSize two = new SampleSize(Map.of("nlst", 1), 2);
    try (ReferenceService service = Services.reference(home).sampleSize(two).start()) {
      ConformanceResult result =
          run(
              service,
              (request, reference) -> {
                ProxiedResponse response = reference.send(request);
                return request.is("GET", "/collections")
                    ? response.edited(body -> body.putArray("collections"))
                    : response;
              },
              Set.of());

      assertThat(reasons(result, "dicomMetadata: ")).isEmpty();
      assertThat(reasons(result, "manifest: "))
          .containsExactly(
              "the check needs a collection with at least 7 series, but none of the 16 smallest collections has that many");
    }
  }

  @Test
  void aHundredInstancesAreFetchedWithEachPageSize() throws IOException {
    SampleSize hundred = new SampleSize(Map.of("nlst", 8), 100);
    try (ReferenceService service = Services.reference(home).sampleSize(hundred).start()) {
      ConformanceResult result =
          run(service, (request, reference) -> reference.send(request), Set.of("paging"));

      assertThat(result.outcomes())
          .filteredOn(outcome -> outcome.title().contains("every page size"))
          .extracting(Outcome::message)
          .containsExactlyInAnyOrder(
              "all 9 rows with each size",
              "all 9 rows with each size",
              "all 100 rows with each size");
    }
  }

  @Test
  void noImageHasAModality() throws IOException {
    try (ReferenceService service = Services.reference(home).start()) {
      ConformanceResult result =
          run(
              service,
              (request, reference) -> {
                ProxiedResponse response = reference.send(request);
                return request.text().contains("\"fields\":[\"Modality\"]")
                    ? PageMutants.withRows(
                        response, rows -> rows.removeAll().addObject().putNull("Modality"))
                    : response;
              },
              Set.of("filters"));

      assertThat(reasons(result, "")).containsExactly("no image of the collection has a modality");
    }
  }

  /** A query returns 202 once; at either base URL, a repeated query returns its page at once. */
  @Test
  void resultsAreCached() throws IOException {
    Set<String> kept = ConcurrentHashMap.newKeySet();
    LaterPages later = new LaterPages();
    try (ReferenceService service = Services.reference(home).start();
        Proxy proxy =
            new Proxy(
                service.baseUrl(),
                (request, reference) -> {
                  kept.add(query(request));
                  return later.respond(request, reference);
                });
        Proxy slow =
            new Proxy(
                service.baseUrl(),
                (request, reference) -> {
                  ProxiedResponse response = later.respond(request, reference);
                  boolean first =
                      LaterPages.isForPage(request) && !LaterPages.isForLaterPage(request);
                  return first && response.status() == 200 && kept.add(query(request))
                      ? later.accepted(request)
                      : response;
                })) {
      ConformanceResult once = run(service, proxy, slow, Set.of("accepted"));
      assertThat(reasons(once, "manifest: ")).isEmpty();
      assertThat(reasons(once, "query: ")).isEmpty();
      assertThat(reasons(once, "The manifest and query")).isEmpty();
      assertThat(reasons(once, "dicomMetadata: ")).containsExactly(CACHED);

      ConformanceResult again = run(service, proxy, slow, Set.of("accepted"));
      assertThat(reasons(again, "manifest: ")).containsExactly(CACHED);
    }
  }

  private static String query(ProxiedRequest request) {
    return request.path().replaceAll("/[0-9]+", "/id")
        + request.target().replaceAll("page_size=[^&]*", "")
        + request.text().replaceAll("\"description\":\"[^\"]*\"", "");
  }
}
