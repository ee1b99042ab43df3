package io.github.idc4j.client.filter;

import java.util.List;

/**
 * A condition that selects images for a cohort. Immutable. Several filters of a cohort are combined
 * with AND. Several values of one filter are combined with OR, except in a range filter, whose
 * values are the bounds. Source: the contract, section "Filters", in {@code docs/rules.md}.
 *
 * @param name name of the attribute, followed by a suffix such as {@code _gte} if this is a range
 *     filter
 * @param values strings or numbers; not empty
 */
public record Filter(String name, List<Object> values) {

  /**
   * Copies the values.
   *
   * @throws IllegalArgumentException if there is no value, or if a value is neither a string nor a
   *     finite number
   */
  public Filter {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "The filter " + name + " has no values. Pass at least one; the service refuses none.");
    }
    values = List.copyOf(values);
    for (Object value : values) {
      boolean finite = value instanceof Number number && Double.isFinite(number.doubleValue());
      if (!(value instanceof String) && !finite) {
        throw new IllegalArgumentException(
            "A value of the filter "
                + name
                + " must be a string or a finite number, but was "
                + value
                + ".");
      }
    }
  }

  /**
   * Returns a filter on an attribute that has no constant in {@link Attributes}.
   *
   * @throws IllegalArgumentException in the same cases as the constructor
   */
  public static Filter of(String name, Object... values) {
    return new Filter(name, List.of(values));
  }
}
