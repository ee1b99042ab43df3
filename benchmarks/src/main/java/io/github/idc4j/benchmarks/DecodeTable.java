package io.github.idc4j.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A table of measurements. Each measurement is compared with that of Jackson for the same page. */
final class DecodeTable {

  private static final String BASELINE = "jackson";

  private final PrintStream out;
  private final List<Line> lines = new ArrayList<>();

  private record Line(PageKind kind, int bytes, String library, double micros, double allocated) {}

  DecodeTable(PrintStream out) {
    this.out = out;
  }

  /**
   * Adds a measurement.
   *
   * @param micros microseconds per page
   * @param allocated bytes allocated per page
   */
  void add(PageKind kind, int bytes, String library, double micros, double allocated) {
    lines.add(new Line(kind, bytes, library, micros, allocated));
  }

  void print() {
    out.println();
    out.println(
        "| page | bytes | library | us/page | MB/s | times jackson | allocated bytes/byte |");
    out.println("| --- | --- | --- | --- | --- | --- | --- |");
    lines.sort(Comparator.comparing(Line::kind));
    for (Line line : lines) {
      double baseline =
          lines.stream()
              .filter(other -> other.kind() == line.kind() && other.library().equals(BASELINE))
              .findFirst()
              .orElseThrow()
              .micros();
      out.printf(
          Locale.ROOT,
          "| %s | %,d | %s | %.0f | %.0f | %.2f | %.2f |%n",
          line.kind().label(),
          line.bytes(),
          line.library(),
          line.micros(),
          line.bytes() / line.micros(),
          baseline / line.micros(),
          line.allocated() / line.bytes());
    }
  }
}
