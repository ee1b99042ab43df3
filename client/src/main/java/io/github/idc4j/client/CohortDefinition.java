package io.github.idc4j.client;

import io.github.idc4j.client.filter.Filter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Defines which images belong to a cohort. Immutable.
 *
 * <pre>{@code
 * CohortDefinition cohort = CohortDefinition.of(Attributes.COLLECTION_ID.anyOf("tcga_luad"));
 * }</pre>
 *
 * @param name the name that the list of saved cohorts shows; may be empty, for example for
 *     manifests and queries
 * @param description the description of a saved cohort; may be empty
 * @param filters combined with AND; an empty list selects all images
 */
public record CohortDefinition(String name, String description, List<Filter> filters) {

  /**
   * Copies the filters.
   *
   * @throws IllegalArgumentException if two filters have the same name, because the service would
   *     use only one of them
   */
  public CohortDefinition {
    filters = List.copyOf(filters);
    byName(filters);
  }

  /**
   * Returns a cohort with no name and no description, for manifests and queries.
   *
   * @param filters combined with AND; without filters, the cohort has all images
   * @throws IllegalArgumentException if two filters have the same name
   */
  public static CohortDefinition of(Filter... filters) {
    return of("", filters);
  }

  /**
   * Returns a cohort with a name and no description.
   *
   * @param filters combined with AND; without filters, the cohort has all images
   * @throws IllegalArgumentException if two filters have the same name
   */
  public static CohortDefinition of(String name, Filter... filters) {
    return new CohortDefinition(name, "", List.of(filters));
  }

  /** Returns the values of each filter, keyed by the name of the filter. */
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
