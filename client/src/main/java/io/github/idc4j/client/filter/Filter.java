package io.github.idc4j.client.filter;

import java.util.List;

/**
 * A condition on the images of a cohort (contract, Filters). Immutable. Several filters of a cohort
 * are combined with AND; the values of one filter with OR.
 *
 * @param name name of the attribute; for a range, with its suffix, such as {@code _gte}
 * @param values strings or numbers; not empty
 */
public record Filter(String name, List<Object> values) {

  /**
   * Copies the values.
   *
   * @throws IllegalArgumentException if there is no value, or one is neither a string nor a finite
   *     number
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
   * Returns a filter on an attribute that {@link Attributes} lacks.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static Filter of(String name, Object... values) {
    return new Filter(name, List.of(values));
  }
}
