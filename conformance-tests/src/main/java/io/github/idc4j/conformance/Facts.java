package io.github.idc4j.conformance;

import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the checks must know of the service's data, found out by asking. */
public final class Facts {

  private static final int MIN_ROWS = 7;
  private static final int MAX_ROWS = 2000;
  private static final int MAX_COLLECTIONS = 8;

  private final Target target;
  private String collection;

  Facts(Target target) {
    this.target = target;
  }

  /**
   * Returns the identifier of a collection with enough series for several pages, and not too many.
   *
   * @throws AssertionError if no collection is of use
   */
  public String collection() {
    if (collection == null) {
      collection = find();
    }
    return collection;
  }

  private String find() {
    List<JsonNode> collections = new ArrayList<>();
    target.send(Call.get("/collections")).json().path("collections").forEach(collections::add);
    collections.sort(Comparator.comparing(entry -> entry.path("subject_count").asInt(0)));
    for (JsonNode entry : collections.subList(0, Math.min(MAX_COLLECTIONS, collections.size()))) {
      String id = entry.path("collection_id").asString("");
      Exchange series =
          Walk.finish(
              target,
              target.baseUrl(),
              Family.MANIFEST,
              Call.post("/cohorts/manifest/preview")
                  .with("SeriesInstanceUID", "True")
                  .with("page_size", 1)
                  .json(Cohort.ofCollection(id)));
      long total = series.json().path("manifest").path("totalFound").asLong(0);
      if (total >= MIN_ROWS && total <= MAX_ROWS) {
        return id;
      }
    }
    throw new AssertionError(
        "none of the "
            + MAX_COLLECTIONS
            + " smallest collections has "
            + MIN_ROWS
            + " to "
            + MAX_ROWS
            + " series, which the checks of paging need");
  }
}
