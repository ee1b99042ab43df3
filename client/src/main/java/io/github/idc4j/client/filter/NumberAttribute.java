package io.github.idc4j.client.filter;

import java.math.BigDecimal;
import java.util.List;

/**
 * An attribute whose values are numbers.
 *
 * @param name its name at the service
 */
public record NumberAttribute(String name) {

  /** Returns a filter that matches any of the values. */
  public Filter in(Number... values) {
    return new Filter(name, List.of((Object[]) values));
  }

  /** Returns a filter that matches values less than the given one. */
  public Filter lessThan(Number value) {
    return Filter.of(name + "_lt", value);
  }

  /** Returns a filter that matches values less than or equal to the given one. */
  public Filter atMost(Number value) {
    return Filter.of(name + "_lte", value);
  }

  /** Returns a filter that matches values greater than the given one. */
  public Filter greaterThan(Number value) {
    return Filter.of(name + "_gt", value);
  }

  /** Returns a filter that matches values greater than or equal to the given one. */
  public Filter atLeast(Number value) {
    return Filter.of(name + "_gte", value);
  }

  /**
   * Returns a filter that matches values from {@code low} to {@code high}, both included.
   *
   * @throws IllegalArgumentException if {@code low} is greater than {@code high}, which the service
   *     would take and match nothing by
   */
  public Filter between(Number low, Number high) {
    return between(low, high, Ends.CLOSED);
  }

  /**
   * Returns a filter that matches values between {@code low} and {@code high}.
   *
   * @param ends whether these belong to it
   * @throws IllegalArgumentException if {@code low} is greater than {@code high}
   */
  public Filter between(Number low, Number high, Ends ends) {
    Filter filter = Filter.of(name + ends.suffix(), low, high);
    if (exact(low).compareTo(exact(high)) > 0) {
      throw new IllegalArgumentException(
          name + ": the least value comes first, but " + low + " is greater than " + high);
    }
    return filter;
  }

  private static BigDecimal exact(Number number) {
    return new BigDecimal(number.toString());
  }
}
