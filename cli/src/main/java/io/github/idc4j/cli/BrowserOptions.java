package io.github.idc4j.cli;

import java.io.PrintWriter;
import java.net.URI;
import picocli.CommandLine.Option;

/** Options for commands that open a page in a browser. */
final class BrowserOptions {

  @Option(names = "--no-browser", description = "Print the URL, and open no browser.")
  private boolean none;

  /** Prints the URL of a page, and opens the page unless the user does not want that. */
  void open(URI page, PrintWriter out, PrintWriter err) {
    out.println(page);
    out.flush();
    if (!none && !Browser.open(page)) {
      err.println("No browser was found. Open the URL in one yourself.");
      err.flush();
    }
  }
}
