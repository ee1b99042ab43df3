package io.github.idc4j.client.filter;

import java.util.List;

/**
 * An attribute whose values are strings. The service ignores case when it compares them.
 *
 * <pre>{@code
 * CohortDefinition.of(Attributes.MODALITY.anyOf("CT", "MR"));
 * }</pre>
 *
 * @param name the service's name for the attribute
 */
public record TextAttribute(String name) {

  /** The filter value that matches images without a value. */
  private static final String NULL = "None";

  /**
   * Returns a filter that matches any of the values. A value that no image has, such as a
   * misspelled collection ID, matches nothing and causes no error. To match images that have no
   * value, use {@link #isNull}.
   *
   * @throws IllegalArgumentException if there is no value, or if there is only one value and it
   *     contains {@code %}, which some services interpret as a pattern; for a pattern, use {@link
   *     #like}
   */
  public Filter anyOf(String... values) {
    if (values.length == 1 && values[0].contains("%")) {
      throw new IllegalArgumentException(
          name
              + ": a single value with % can be a pattern to the service, and was "
              + values[0]
              + ". For a pattern, call like().");
    }
    return new Filter(name, List.of((Object[]) values));
  }

  /**
   * Returns a filter that matches a pattern, in which {@code %} stands for any sequence of
   * characters.
   *
   * <p>From January 2024 until it was retired, the public service compared {@code %} literally, so
   * patterns matched nothing.
   */
  public Filter like(String pattern) {
    return Filter.of(name, pattern);
  }

  /** Returns a filter that matches images that have no value for the attribute. */
  public Filter isNull() {
    return Filter.of(name, NULL);
  }
}
