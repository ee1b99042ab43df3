package io.github.idc4j.conformance.check;

import io.github.idc4j.conformance.Cohort;
import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
import io.github.idc4j.conformance.http.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What checks ask of a service's data by previews. */
final class Previews {

  private Previews() {}

  /** Returns the collection that the checks use, as values of a filter; skips without one. */
  static List<String> collection(Target target) {
    return List.of(target.facts().collection());
  }

  /** Returns the first call of a manifest of one column, with pages of one row. */
  static Call manifest(String column, Map<String, ?> filters) {
    return Call.post("/cohorts/manifest/preview")
        .with(column, "True")
        .with("page_size", 1)
        .json(Cohort.of(filters));
  }

  /** Returns how many series the filters select. */
  static long series(Target target, Map<String, ?> filters) {
    return count(target, "SeriesInstanceUID", filters);
  }

  /** Returns how many instances the filters select. */
  static long instances(Target target, Map<String, ?> filters) {
    return count(target, "SOPInstanceUID", filters);
  }

  private static long count(Target target, String column, Map<String, ?> filters) {
    return Family.MANIFEST.totalFound(
        Walk.finish(target, Family.MANIFEST, manifest(column, filters)));
  }

  /** Returns all values of a field in the collection that the checks use, without null. */
  static List<String> values(Target target, String field) {
    return values(target, field, Map.of("collection_id", collection(target)));
  }

  /** Returns all values of a field in what the filters select, without null. */
  static List<String> values(Target target, String field, Map<String, ?> filters) {
    List<String> values = new ArrayList<>();
    Walk.of(
            target,
            Family.QUERY,
            Call.post("/cohorts/query/preview").json(Cohort.query(filters, field)))
        .forEachRemaining(
            page -> {
              for (JsonNode row : Family.QUERY.rows(page)) {
                if (!row.path(field).isNull()) {
                  values.add(row.path(field).asString());
                }
              }
            });
    return values;
  }
}
