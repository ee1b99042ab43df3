package io.github.idc4j.client.internal.net;

import java.time.Duration;

/** Checks of settings. */
public final class Checks {

  private Checks() {}

  /** Returns a number that must be positive. */
  public static int positive(String name, int number) {
    return (int) positive(name, (long) number);
  }

  /** Returns a number that must be positive. */
  public static long positive(String name, long number) {
    if (number < 1) {
      throw invalid(name, "positive", number);
    }
    return number;
  }

  /** Returns a number that must not be negative. */
  public static long notNegative(String name, long number) {
    if (number < 0) {
      throw invalid(name, "0 or greater", number);
    }
    return number;
  }

  /** Returns a time that must be positive. */
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
