package io.github.idc4j.conformance;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes the bodies of requests. */
public final class Cohort {

  private static final JsonMapper JSON = JsonMapper.shared();

  private Cohort() {}

  /** Returns a cohort of all images of a collection. */
  public static String ofCollection(String id) {
    return of(Map.of("collection_id", new String[] {id}));
  }

  /** Returns a cohort of those filters. */
  public static String of(Map<String, ?> filters) {
    return JSON.writeValueAsString(
        Map.of("name", "idc4j check", "description", "made by a check", "filters", filters));
  }

  /** Returns a query of those filters and fields. */
  public static String query(Map<String, ?> filters, String... fields) {
    return JSON.writeValueAsString(
        Map.of(
            "cohort_def",
            Map.of("name", "idc4j check", "description", "made by a check", "filters", filters),
            "queryFields",
            Map.of("fields", fields)));
  }

  /** Returns the body of a query of a saved cohort. */
  public static String fields(String... fields) {
    return JSON.writeValueAsString(Map.of("fields", fields));
  }
}
