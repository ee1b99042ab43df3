package io.github.idc4j.conformance;

import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;

/** What the checks must know of the service's data, found out by asking. */
public final class Facts {

  /** Fewer do not make the pages that the checks of paging turn. */
  private static final int MIN_SERIES = 7;

  /** With no more than this no other collection is looked for. */
  private static final int FEW_SERIES = 2000;

  private static final int MAX_COLLECTIONS = 16;

  /** So many rows can be walked one by one. */
  private static final int SOME_SERIES = 9;

  private static final Call COHORTS = Call.get("/cohorts").as(Bearer.FIRST);

  private final Target target;
  private Optional<String> collection = Optional.empty();
  private Optional<String> why = Optional.empty();
  private boolean searched;
  private Exchange kept;
  private List<Long> cohorts = List.of();
  private int writes = -1;
  private List<String> someSeries = List.of();

  Facts(Target target) {
    this.target = target;
  }

  /**
   * Returns the identifier of a collection with enough series for several pages, and not too many,
   * one of those by the seed; without one, the check is skipped.
   *
   * @throws AssertionError if the service's answers are wrong; the checks that ask later are
   *     skipped, so that one fault is told once
   */
  public String collection() {
    if (!searched) {
      searched = true;
      try {
        collection = find();
      } catch (TestAbortedException e) {
        searched = false;
        throw e;
      } catch (Exception | AssertionError e) {
        why =
            Optional.of(
                "it needs a collection, and the search for one, in a check before it, ended so: "
                    + e.getMessage());
        throw e;
      }
    }
    why.ifPresent(Assumptions::abort);
    return collection.orElseGet(
        () ->
            Assumptions.abort(
                "none of the "
                    + MAX_COLLECTIONS
                    + " smallest collections has "
                    + MIN_SERIES
                    + " series or more, which the check needs"));
  }

  /** Returns filters by a few series of the collection, for walks in pages of one row. */
  public Map<String, ?> someSeries() {
    if (someSeries.isEmpty()) {
      Exchange page =
          Walk.finish(
              target,
              Family.MANIFEST,
              Call.post("/cohorts/manifest/preview")
                  .with("SeriesInstanceUID", "True")
                  .with("page_size", SOME_SERIES)
                  .json(Cohort.ofCollection(collection())));
      someSeries = Family.MANIFEST.rows(page).findValuesAsString("SeriesInstanceUID");
    }
    return Map.of("collection_id", List.of(collection()), "SeriesInstanceUID", someSeries);
  }

  /** Returns how a cohort was saved that stays until the run ends, by the first who asks. */
  public Exchange kept(Supplier<Exchange> saver) {
    if (kept == null) {
      kept = saver.get();
    }
    target.api().recall(target.baseUrl(), kept);
    return kept;
  }

  /**
   * Returns the identifiers of what the first user has saved; asks only if something was sent since
   * the last time that could change it.
   */
  public List<Long> cohorts() {
    if (writes != target.writes()) {
      note(target.sendUnjudged(COHORTS));
    }
    return cohorts;
  }

  /** Returns the same, and asks beside the check, whose last request stays the one before. */
  public List<Long> cohortsNow() {
    note(target.sendAside(COHORTS));
    return cohorts;
  }

  private void note(Exchange list) {
    if (list.status() != 200) {
      throw new AssertionError(
          "the check needs a list of cohorts; GET /cohorts is "
              + list.status()
              + " "
              + list.excerpt());
    }
    cohorts =
        list.json()
            .path("cohorts")
            .valueStream()
            .map(cohort -> cohort.path("cohort_id").asLong())
            .toList();
    writes = target.writes();
  }

  private Optional<String> find() {
    Exchange answer = target.send(Call.get("/collections"));
    if (answer.status() != 200) {
      throw new AssertionError(
          "the check needs a collection; GET /collections is "
              + answer.status()
              + " "
              + answer.excerpt());
    }
    List<JsonNode> collections = new ArrayList<>();
    answer.json().path("collections").forEach(collections::add);
    collections.sort(Comparator.comparing(entry -> entry.path("subject_count").asInt(0)));
    List<JsonNode> small = collections.subList(0, Math.min(MAX_COLLECTIONS, collections.size()));
    Collections.shuffle(small, target.random("collection"));
    Optional<String> best = Optional.empty();
    long least = Long.MAX_VALUE;
    for (JsonNode entry : small) {
      String id = entry.path("collection_id").asString("");
      long series = series(id);
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

  private long series(String id) {
    return Family.MANIFEST.totalFound(
        Walk.finish(
            target,
            Family.MANIFEST,
            Call.post("/cohorts/manifest/preview")
                .with("SeriesInstanceUID", "True")
                .with("page_size", 1)
                .json(Cohort.ofCollection(id))));
  }
}
