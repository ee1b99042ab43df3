package io.github.idc4j.conformance.internal.check;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Creates the JSON bodies of requests. */
final class RequestBodies {

  /** Name of the cohorts in previews. */
  static final String NAME = "idc4j check";

  /** Description of the cohorts in previews. */
  static final String DESCRIPTION = "made by a check";

  /**
   * Sorts the keys, so that the requests are the same in each run although the order of a {@link
   * Map} may vary.
   */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private RequestBodies() {}

  /** Returns the definition of a cohort that contains all images of a collection. */
  static String ofCollection(String id) {
    return of(Map.of("collection_id", List.of(id)));
  }

  /** Returns the definition of a cohort with these filters. */
  static String of(Map<String, ?> filters) {
    return JSON.writeValueAsString(new Definition(NAME, DESCRIPTION, filters));
  }

  /**
   * Returns the definition of a cohort to save.
   *
   * @param mark text to use as both the name and the description of the cohort
   */
  static String marked(String mark, Map<String, ?> filters) {
    return JSON.writeValueAsString(new Definition(mark, mark, filters));
  }

  /** Returns a query with these filters and fields. */
  static String query(Map<String, ?> filters, String... fields) {
    return JSON.writeValueAsString(
        new Query(new Definition(NAME, DESCRIPTION, filters), new Fields(List.of(fields))));
  }

  /** Returns the body of a query on a saved cohort. */
  static String fields(String... fields) {
    return JSON.writeValueAsString(new Fields(List.of(fields)));
  }

  private record Definition(String name, String description, Map<String, ?> filters) {}

  private record Query(Definition cohort_def, Fields queryFields) {}

  private record Fields(List<String> fields) {}
}
