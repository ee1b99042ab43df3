package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Gets counts and values of the service's data by requesting previews. */
final class Previews {

  private Previews() {}

  /**
   * Returns the identifier of the collection that the checks use, as a list of filter values. Skips
   * the check if the service has no suitable collection.
   */
  static List<String> collection(CheckContext context) {
    return List.of(context.collection());
  }

  /** Returns a first call for a manifest that has one column, with page_size=1. */
  static ApiRequest manifest(String column, Map<String, ?> filters) {
    return ApiRequest.post("/cohorts/manifest/preview")
        .with(column, "True")
        .with("page_size", 1)
        .json(RequestBodies.of(filters));
  }

  /** Returns a first call for a manifest of the collection that the checks use. */
  static ApiRequest manifestOfCollection(CheckContext context, String... columns) {
    ApiRequest call =
        ApiRequest.post("/cohorts/manifest/preview")
            .json(RequestBodies.ofCollection(context.collection()));
    for (String column : columns) {
      call = call.with(column, "True");
    }
    return call;
  }

  /** Returns the number of series that the filters select. */
  static long series(CheckContext context, Map<String, ?> filters) {
    return count(context, "SeriesInstanceUID", filters);
  }

  /** Returns the number of instances that the filters select. */
  static long instances(CheckContext context, Map<String, ?> filters) {
    return count(context, "SOPInstanceUID", filters);
  }

  private static long count(CheckContext context, String column, Map<String, ?> filters) {
    return PagedEndpoint.MANIFEST.totalFound(
        Walk.finish(context, PagedEndpoint.MANIFEST, manifest(column, filters)));
  }

  /** Returns all values except null of a field in the collection that the checks use. */
  static List<String> values(CheckContext context, String field) {
    return values(context, field, Map.of("collection_id", collection(context)));
  }

  /** Returns all values except null of a field in the rows that the filters select. */
  static List<String> values(CheckContext context, String field, Map<String, ?> filters) {
    List<String> values = new ArrayList<>();
    Walk.of(
            context,
            PagedEndpoint.QUERY,
            ApiRequest.post("/cohorts/query/preview").json(RequestBodies.query(filters, field)))
        .forEachRemaining(
            page -> {
              for (JsonNode row : PagedEndpoint.QUERY.rows(page)) {
                if (!row.path(field).isNull()) {
                  values.add(row.path(field).asString());
                }
              }
            });
    return values;
  }
}
