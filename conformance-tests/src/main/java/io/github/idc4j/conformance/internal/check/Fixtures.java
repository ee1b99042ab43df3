package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.Skipped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Data of the service that the checks use, such as a collection. The first check that needs the
 * data sends the requests. Safe for use by several threads.
 */
final class Fixtures {

  /** Minimum number of series, because the checks of paging need several pages. */
  private static final int MIN_SERIES = 7;

  /** The search for a collection stops at a collection with at most this many series. */
  private static final int FEW_SERIES = 2000;

  private static final int MAX_COLLECTIONS = 16;

  /** Number of series that is small enough to fetch in pages of one row. */
  private static final int SOME_SERIES = 9;

  private Optional<String> collection = Optional.empty();
  private Optional<String> problem = Optional.empty();
  private boolean searched;
  private List<String> someSeries = List.of();

  /**
   * Returns the identifier of a small collection that has enough series for several pages. The seed
   * of the run determines the choice. Skips the check if the service has no such collection.
   *
   * @throws AssertionError if the responses of the service are wrong. Only the first call throws
   *     this error; later calls skip their checks, so that the violation is reported once.
   */
  synchronized String collection(CheckContext context) {
    if (!searched) {
      searched = true;
      try {
        collection = find(context);
      } catch (Skipped e) {
        searched = false;
        throw e;
      } catch (RuntimeException | AssertionError e) {
        problem =
            Optional.of(
                "the check needs a collection, but an earlier check could not choose one: "
                    + e.getMessage());
        throw e;
      }
    }
    problem.ifPresent(
        reason -> {
          throw Skipped.because(reason);
        });
    return collection.orElseThrow(
        () ->
            Skipped.because(
                "the check needs a collection with at least "
                    + MIN_SERIES
                    + " series, but none of the "
                    + MAX_COLLECTIONS
                    + " smallest collections has that many"));
  }

  /**
   * Returns filters that select a few series of the collection. Their results are small enough to
   * fetch in pages of one row.
   */
  synchronized Map<String, ?> someSeries(CheckContext context) {
    String chosen = collection(context);
    if (someSeries.isEmpty()) {
      Exchange page =
          Walk.finish(
              context,
              PagedEndpoint.MANIFEST,
              ApiRequest.post("/cohorts/manifest/preview")
                  .with("SeriesInstanceUID", "True")
                  .with("page_size", SOME_SERIES)
                  .json(RequestBodies.ofCollection(chosen)));
      someSeries = PagedEndpoint.MANIFEST.rows(page).findValuesAsString("SeriesInstanceUID");
    }
    return Map.of("collection_id", List.of(chosen), "SeriesInstanceUID", someSeries);
  }

  private static Optional<String> find(CheckContext context) {
    Exchange response = context.send(ApiRequest.get("/collections"));
    if (response.status() != 200) {
      throw new AssertionError(
          "the check needs a collection, but GET /collections responded with "
              + response.status()
              + " "
              + response.excerpt());
    }
    List<JsonNode> collections = new ArrayList<>();
    response.json().path("collections").forEach(collections::add);
    collections.sort(Comparator.comparing(entry -> entry.path("subject_count").asInt(0)));
    List<JsonNode> small = collections.subList(0, Math.min(MAX_COLLECTIONS, collections.size()));
    Collections.shuffle(small, context.random("collection"));
    Optional<String> best = Optional.empty();
    long least = Long.MAX_VALUE;
    for (JsonNode entry : small) {
      String id = entry.path("collection_id").asString("");
      long series = Previews.series(context, Map.of("collection_id", List.of(id)));
      if (series >= MIN_SERIES && series < least) {
        best = Optional.of(id);
        least = series;
        if (series <= FEW_SERIES) {
          break;
        }
      }
    }
    return best;
  }
}
