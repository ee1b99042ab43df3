package io.github.idc4j.client;

import io.github.idc4j.client.filter.Filter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Defines which images a cohort has. Immutable.
 *
 * <pre>{@code
 * CohortDefinition cohort = CohortDefinition.of(Attributes.COLLECTION_ID.anyOf("tcga_luad"));
 * }</pre>
 *
 * @param name shown in the list of saved cohorts; may be empty, in particular for manifests and
 *     queries
 * @param description may be empty
 * @param filters combined with AND; an empty list selects all images
 */
public record CohortDefinition(String name, String description, List<Filter> filters) {

  /**
   * Copies the filters.
   *
   * @throws IllegalArgumentException if two filters have the same name, as the service would see
   *     only one of them
   */
  public CohortDefinition {
    filters = List.copyOf(filters);
    byName(filters);
  }

  /**
   * Returns a cohort without a name and description, for manifests and queries.
   *
   * @param filters combined with AND; if there are none, the cohort has all images
   * @throws IllegalArgumentException if two filters have the same name
   */
  public static CohortDefinition of(Filter... filters) {
    return of("", filters);
  }

  /**
   * Returns a cohort with a name and without a description.
   *
   * @param filters combined with AND; if there are none, the cohort has all images
   * @throws IllegalArgumentException if two filters have the same name
   */
  public static CohortDefinition of(String name, Filter... filters) {
    return new CohortDefinition(name, "", List.of(filters));
  }

  /** Returns the values of the filters by name. */
  Map<String, List<Object>> filterValues() {
    return byName(filters);
  }

  private static Map<String, List<Object>> byName(List<Filter> filters) {
    Map<String, List<Object>> values = new LinkedHashMap<>();
    for (Filter filter : filters) {
      if (values.put(filter.name(), filter.values()) != null) {
        throw new IllegalArgumentException(
            "Two filters have the name "
                + filter.name()
                + ". Pass all values to one filter; for a range, use between().");
      }
    }
    return values;
  }
}
