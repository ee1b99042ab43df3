package io.github.idc4j.conformance.internal.check;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Creates the bodies of requests. */
final class RequestBodies {

  /** Name of the cohorts that checks preview. */
  static final String NAME = "idc4j check";

  /** Description of the cohorts that checks preview. */
  static final String DESCRIPTION = "made by a check";

  /** The order of a {@link Map} may differ from run to run; that of a request must not. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private RequestBodies() {}

  /** Returns a cohort of all images of a collection. */
  static String ofCollection(String id) {
    return of(Map.of("collection_id", List.of(id)));
  }

  /** Returns a cohort of those filters. */
  static String of(Map<String, ?> filters) {
    return JSON.writeValueAsString(new Definition(NAME, DESCRIPTION, filters));
  }

  /** Returns a cohort to save, whose name and description are the run's mark. */
  static String marked(String mark, Map<String, ?> filters) {
    return JSON.writeValueAsString(new Definition(mark, mark, filters));
  }

  /** Returns a query of those filters and fields. */
  static String query(Map<String, ?> filters, String... fields) {
    return JSON.writeValueAsString(
        new Query(new Definition(NAME, DESCRIPTION, filters), new Fields(List.of(fields))));
  }

  /** Returns the body of a query of a saved cohort. */
  static String fields(String... fields) {
    return JSON.writeValueAsString(new Fields(List.of(fields)));
  }

  private record Definition(String name, String description, Map<String, ?> filters) {}

  private record Query(Definition cohort_def, Fields queryFields) {}

  private record Fields(List<String> fields) {}
}
