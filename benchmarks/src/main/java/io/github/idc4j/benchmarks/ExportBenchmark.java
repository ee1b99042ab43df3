package io.github.idc4j.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Measures {@code ./idc4j manifest} with a small heap. */
public final class ExportBenchmark {

  private static final String HEAP = "-Xmx256m";

  private ExportBenchmark() {}

  /**
   * Exports a manifest of synthetic data as CSV and as Parquet, and prints a table.
   *
   * @param args two values: the number of rows, at least 100,000; a folder for data, which later
   *     runs reuse
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    long rows = Long.parseLong(args[0]);
    Path folder = Files.createDirectories(Path.of(args[1]));
    ServiceProcess.prepare();
    try (ServiceProcess service =
        ServiceProcess.start(
            folder.resolve("export-home"), "--sample-instances", Long.toString(rows))) {
      System.out.println("| format | rows | s | rows/s | file, MB | peak resident memory, MB |");
      System.out.println("| --- | --- | --- | --- | --- | --- |");
      for (String format : List.of("csv", "parquet")) {
        Path file = folder.resolve("rows." + format);
        print(format, rows, export(service.baseUrl(), file), file);
        Files.delete(file);
      }
    }
  }

  private static void print(String format, long rows, Measured measured, Path file)
      throws IOException {
    System.out.printf(
        Locale.ROOT,
        "| %s | %,d | %.1f | %,.0f | %,.0f | %,.0f |%n",
        format,
        rows,
        measured.seconds(),
        rows / measured.seconds(),
        Files.size(file) / 1e6,
        measured.peakMegabytes());
  }

  /** The wall time and the peak resident memory of a process. */
  private record Measured(double seconds, double peakMegabytes) {}

  private static Measured export(String baseUrl, Path file)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "." + File.separator + "idc4j",
                "manifest",
                "--columns",
                "Collection_ID,Patient_ID,StudyInstanceUID,SeriesInstanceUID,SOPInstanceUID",
                "--base-url",
                baseUrl,
                "-o",
                file.toString())
            .inheritIO();
    builder.environment().put("IDC4J_JAVA_OPTIONS", HEAP);
    long begin = System.nanoTime();
    Process process = builder.start();
    double peak = 0;
    while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, ServiceProcess.peakMegabytes(process));
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (process.exitValue() != 0) {
      throw new IOException("The export to " + file + " ended with " + process.exitValue() + ".");
    }
    return new Measured(seconds, peak);
  }
}
