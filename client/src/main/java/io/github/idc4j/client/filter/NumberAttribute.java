package io.github.idc4j.client.filter;

import java.math.BigDecimal;

/**
 * An attribute whose values are numbers. A filter never matches images that have no value for the
 * attribute.
 *
 * <pre>{@code
 * CohortDefinition.of(Attributes.AGE_AT_DIAGNOSIS.between(40, 70));
 * }</pre>
 *
 * @param name the service's name for the attribute
 */
public record NumberAttribute(String name) {

  /**
   * Returns a filter that matches one value. The service accepts only one value in such a filter.
   *
   * <p>The deployed service, which is now retired, responded with 500 for some attributes whose
   * names contain {@code _l} or {@code _g}. {@link #between between(n, n)} works for all
   * attributes.
   */
  public Filter equalTo(Number value) {
    return Filter.of(name, value);
  }

  /** Returns a filter that matches values less than the given value. */
  public Filter lessThan(Number value) {
    return Filter.of(name + "_lt", value);
  }

  /** Returns a filter that matches values less than or equal to the given value. */
  public Filter atMost(Number value) {
    return Filter.of(name + "_lte", value);
  }

  /** Returns a filter that matches values greater than the given value. */
  public Filter greaterThan(Number value) {
    return Filter.of(name + "_gt", value);
  }

  /** Returns a filter that matches values greater than or equal to the given value. */
  public Filter atLeast(Number value) {
    return Filter.of(name + "_gte", value);
  }

  /**
   * Returns a filter that matches values from {@code low} to {@code high}, including both bounds.
   *
   * @throws IllegalArgumentException if {@code low} is greater than {@code high}
   */
  public Filter between(Number low, Number high) {
    return between(low, high, Bounds.CLOSED);
  }

  /**
   * Returns a filter that matches values between {@code low} and {@code high}.
   *
   * @param bounds whether the values {@code low} and {@code high} themselves match
   * @throws IllegalArgumentException if {@code low} is greater than {@code high}
   */
  public Filter between(Number low, Number high, Bounds bounds) {
    Filter filter = Filter.of(name + bounds.suffix(), low, high);
    if (exact(low).compareTo(exact(high)) > 0) {
      throw new IllegalArgumentException(
          name
              + ": the lower bound must not be greater than the upper bound, but was "
              + low
              + " > "
              + high
              + ".");
    }
    return filter;
  }

  private static BigDecimal exact(Number number) {
    return new BigDecimal(number.toString());
  }
}
