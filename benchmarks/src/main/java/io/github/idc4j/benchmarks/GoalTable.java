package io.github.idc4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects measurements, prints them as a table, and compares them with the goals. */
final class GoalTable {

  private final List<String> lines = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();

  /**
   * Adds a comparison of two measurements.
   *
   * @param limit the goal: how many times the reference the measurement may be at most
   */
  void compare(
      int goal, String what, double measured, double reference, String unit, double limit) {
    double times = measured / reference;
    add(
        goal,
        what,
        number(measured, unit),
        number(reference, unit),
        number(times, ""),
        number(limit, "times"),
        times <= limit);
  }

  /** Adds a measurement whose goal is an absolute limit. */
  void limit(int goal, String what, double measured, String unit, double limit) {
    add(goal, what, number(measured, unit), "", "", number(limit, unit), measured <= limit);
  }

  private void add(
      int goal,
      String what,
      String measured,
      String reference,
      String times,
      String limit,
      boolean met) {
    String line =
        "| %d | %s | %s | %s | %s | %s | %s |"
            .formatted(goal, what, measured, reference, times, limit, met ? "yes" : "**no**");
    lines.add(line);
    if (!met) {
      missed.add("goal " + goal + ": " + what);
    }
    System.err.println(line);
  }

  private static String number(double value, String unit) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f %s" : "%,.0f %s", value, unit).strip();
  }

  void print() {
    System.out.println("| goal | what | measured | reference | times | limit | met |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
    lines.forEach(System.out::println);
    System.out.println(
        missed.isEmpty() ? "\nAll goals are met." : "\nMissed: " + String.join("; ", missed) + ".");
  }
}
