package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.run.Reporter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The reporters of the suite. */
public final class Reports {

  private Reports() {}

  /**
   * Returns a reporter that prints each outcome, and a summary.
   *
   * @param color whether to use colors of a terminal
   */
  public static Reporter console(PrintStream out, boolean color) {
    return new ConsoleReport(out, color);
  }

  /**
   * Returns a reporter that writes {@code junit.xml}, {@code index.html}, {@code report.json},
   * {@code report.md} and {@code report.sarif} at the end of the run. Creates the folder at once.
   *
   * @throws IOException if the folder cannot be created
   */
  public static Reporter folder(Path folder) throws IOException {
    Files.createDirectories(folder);
    return result -> {
      JunitXmlReport.write(result, folder.resolve("junit.xml"));
      HtmlReport.write(result, folder.resolve("index.html"));
      JsonReport.write(result, folder.resolve("report.json"));
      MarkdownReport.write(result, folder.resolve("report.md"));
      SarifReport.write(result, folder.resolve("report.sarif"));
    };
  }
}
