package io.github.idc4j.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Measures two things in turn, and returns the median of each. */
final class Medians {

  /** Something to measure. */
  @FunctionalInterface
  interface Measurement {
    /** Returns the measured value, such as a time in seconds. */
    double measure() throws Exception;
  }

  /** The medians of two measurements. */
  record Pair(double measured, double reference) {}

  private Medians() {}

  static Pair alternate(int rounds, Measurement measured, Measurement reference) throws Exception {
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      first.add(measured.measure());
      second.add(reference.measure());
    }
    return new Pair(median(first), median(second));
  }

  static double of(int rounds, Measurement measured) throws Exception {
    List<Double> values = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      values.add(measured.measure());
    }
    return median(values);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
