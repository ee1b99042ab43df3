package io.github.idc4j.client.internal.net;

import java.time.Duration;

/** Validates settings. */
public final class Checks {

  private Checks() {}

  /** Returns the number if it is positive, otherwise throws an {@link IllegalArgumentException}. */
  public static int positive(String name, int number) {
    return (int) positive(name, (long) number);
  }

  /** Returns the number if it is positive, otherwise throws an {@link IllegalArgumentException}. */
  public static long positive(String name, long number) {
    if (number < 1) {
      throw invalid(name, "positive", number);
    }
    return number;
  }

  /**
   * Returns the number if it is not negative, otherwise throws an {@link IllegalArgumentException}.
   */
  public static long notNegative(String name, long number) {
    if (number < 0) {
      throw invalid(name, "0 or greater", number);
    }
    return number;
  }

  /** Returns the time if it is positive, otherwise throws an {@link IllegalArgumentException}. */
  public static Duration positive(String name, Duration time) {
    if (time.isZero() || time.isNegative()) {
      throw invalid(name, "positive", time);
    }
    return time;
  }

  private static IllegalArgumentException invalid(String name, String rule, Object value) {
    return new IllegalArgumentException(name + " must be " + rule + ", but was " + value + ".");
  }
}
