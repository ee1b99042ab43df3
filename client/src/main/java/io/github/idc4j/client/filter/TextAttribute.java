package io.github.idc4j.client.filter;

import java.util.List;

/**
 * An attribute with strings as values, which the service compares without regard to case.
 *
 * <pre>{@code
 * CohortDefinition.of(Attributes.MODALITY.anyOf("CT", "MR"));
 * }</pre>
 *
 * @param name name of the attribute at the service
 */
public record TextAttribute(String name) {

  /** The service matches it with null. */
  private static final String NULL = "None";

  /**
   * Returns a filter that matches any of the values. A value that no image has, such as a
   * misspelled collection, matches nothing and is not an error. To match images without a value,
   * use {@link #isNull}.
   *
   * @throws IllegalArgumentException if there is no value, or a single one contains {@code %},
   *     which some services take for a pattern; use {@link #like} if that is intended
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
   * Returns a filter that matches a pattern, in which {@code %} stands for any text. The service
   * deployed from January 2024 on compared it literally, so it matched nothing there.
   */
  public Filter like(String pattern) {
    return Filter.of(name, pattern);
  }

  /** Returns a filter that matches images without a value. */
  public Filter isNull() {
    return Filter.of(name, NULL);
  }
}
