package io.github.idc4j.oracle;

import io.github.idc4j.service.query.Family;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request for the preview of a manifest or a query.
 *
 * @param family {@link Family#MANIFEST} or {@link Family#QUERY}
 * @param columns the manifest columns, in the order of the catalogue, or the query fields
 * @param filters the filters, by name
 */
record Preview(Family family, List<String> columns, Map<String, List<Object>> filters) {

  boolean isManifest() {
    return family == Family.MANIFEST;
  }

  /** Returns the path, below the base URL, of the family's operations. */
  String path() {
    return isManifest() ? "/cohorts/manifest" : "/cohorts/query";
  }

  /** Returns the path and the query of the first request, without the page size. */
  String target() {
    return path()
        + "/preview"
        + (isManifest()
            ? columns.stream()
                .map(column -> column + "=True")
                .collect(Collectors.joining("&", "?", ""))
            : "?");
  }

  String body() {
    Map<String, Object> cohort = Map.of("name", "random", "description", "", "filters", filters);
    return JsonMapper.shared()
        .writeValueAsString(
            isManifest()
                ? cohort
                : Map.of("cohort_def", cohort, "queryFields", Map.of("fields", columns)));
  }
}
