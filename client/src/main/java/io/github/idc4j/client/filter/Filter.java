package io.github.idc4j.client.filter;

import java.util.List;

/**
 * A condition on the images of a cohort. All filters of a cohort must hold.
 *
 * @param name name of the attribute, with its range suffix if it is a range
 * @param values texts or numbers; not empty
 */
public record Filter(String name, List<Object> values) {

  /**
   * Copies the values.
   *
   * @throws IllegalArgumentException without values, which the service refuses, or for a value that
   *     is neither text nor finite number
   */
  public Filter {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("No values for the filter " + name);
    }
    values = List.copyOf(values);
    for (Object value : values) {
      boolean finite = value instanceof Number number && Double.isFinite(number.doubleValue());
      if (!(value instanceof String) && !finite) {
        throw new IllegalArgumentException(
            "A value of the filter " + name + " is a text or a finite number, not " + value);
      }
    }
  }

  /** Returns a filter of any name; for an attribute that {@link Attributes} lacks. */
  public static Filter of(String name, Object... values) {
    return new Filter(name, List.of(values));
  }
}
