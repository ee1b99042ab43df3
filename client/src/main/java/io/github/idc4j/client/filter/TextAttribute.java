package io.github.idc4j.client.filter;

import java.util.List;

/**
 * An attribute whose values are texts, compared without regard to case.
 *
 * @param name its name at the service
 */
public record TextAttribute(String name) {

  /** Matches null, at the service. */
  private static final String NULL = "None";

  /**
   * Returns a filter that matches any of the values. A single value with {@code %} would be a
   * pattern: use {@link #like}.
   *
   * @throws IllegalArgumentException without values, or for a single one with {@code %}
   */
  public Filter in(String... values) {
    if (values.length == 1 && values[0].contains("%")) {
      throw new IllegalArgumentException(
          name
              + ": a single value with % is a pattern to the service; use like(\""
              + values[0]
              + "\") if that is meant");
    }
    return new Filter(name, List.of((Object[]) values));
  }

  /** Returns a filter that matches a pattern; {@code %} stands for any text. */
  public Filter like(String pattern) {
    return Filter.of(name, pattern);
  }

  /** Returns a filter that matches images without a value. */
  public Filter isNull() {
    return Filter.of(name, NULL);
  }
}
