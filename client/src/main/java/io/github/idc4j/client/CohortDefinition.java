package io.github.idc4j.client;

import io.github.idc4j.client.filter.Filter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which images a cohort has.
 *
 * @param name its name; a query needs one
 * @param description what it is for; may be empty
 * @param filters all of them must hold; none selects every image
 */
public record CohortDefinition(String name, String description, List<Filter> filters) {

  /**
   * Copies the filters.
   *
   * @throws IllegalArgumentException if two filters have the same name: the service would see one
   */
  public CohortDefinition {
    filters = List.copyOf(filters);
    byName(filters);
  }

  /** Returns a cohort without a description. */
  public static CohortDefinition of(String name, Filter... filters) {
    return new CohortDefinition(name, "", List.of(filters));
  }

  /** Returns the values of the filters, by name. */
  Map<String, List<Object>> filterValues() {
    return byName(filters);
  }

  private static Map<String, List<Object>> byName(List<Filter> filters) {
    Map<String, List<Object>> values = new LinkedHashMap<>();
    for (Filter filter : filters) {
      if (values.put(filter.name(), filter.values()) != null) {
        throw new IllegalArgumentException(
            "Two filters of " + filter.name() + "; give one filter all values");
      }
    }
    return values;
  }
}
