package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.run.Reporter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** Creates the reporters of the suite. */
public final class Reports {

  private Reports() {}

  /**
   * Returns a reporter that prints each outcome, then the findings grouped by rule, and a summary.
   *
   * @param out stream to print to
   * @param color whether to print in terminal colors
   */
  public static Reporter console(PrintStream out, boolean color) {
    return new ConsoleReport(out, color);
  }

  /**
   * Returns a reporter that writes {@code junit.xml}, {@code index.html}, {@code report.json},
   * {@code report.md}, {@code report.sarif} and {@code badge.svg} at the end of the run. This
   * method already creates the folder.
   *
   * @param folder folder for the files
   * @throws IOException if the folder cannot be created or written to; the message is a sentence
   *     with the path, the reason and what to do
   */
  public static Reporter folder(Path folder) throws IOException {
    return ReportFolder.open(folder);
  }
}
