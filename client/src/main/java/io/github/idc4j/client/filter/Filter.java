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
   * @throws IllegalArgumentException without values: the service refuses an empty list
   */
  public Filter {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("No values for the filter " + name);
    }
    values = List.copyOf(values);
  }

  /** Returns a filter of any name; for an attribute that {@link Attributes} lacks. */
  public static Filter of(String name, Object... values) {
    return new Filter(name, List.of(values));
  }
}
