package io.github.idc4j.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/**
 * Prints notes for the user.
 *
 * @param err the target
 * @param quiet whether to print nothing
 * @param terminal whether the target is a terminal, which can replace its last line
 */
record Notes(PrintWriter err, boolean quiet, boolean terminal) {

  private static final int STANDARD_WIDTH = 80;
  private static final String START_OF_LINE = "\r";
  private static final String CLEAR_TO_END = "\u001b[K";
  private static final String CUT_LONG_LINES = "\u001b[?7l";
  private static final String WRAP_LONG_LINES = "\u001b[?7h";

  /**
   * Returns whether a stream of this process is a terminal. The launcher sets the property. Without
   * it, this is known only for both streams together.
   *
   * @param stream {@code out} or {@code err}
   */
  static boolean isTerminal(String stream) {
    String terminals = System.getProperty("idc4j.terminals");
    return terminals == null ? Ansi.AUTO.enabled() : terminals.contains(stream);
  }

  /**
   * Returns the number of characters in a line of the standard output: on a terminal, the number in
   * the environment variable COLUMNS or else 80; elsewhere, any number.
   */
  static int lineWidth() {
    if (!isTerminal("out")) {
      return Integer.MAX_VALUE;
    }
    String columns = System.getenv().getOrDefault("COLUMNS", "");
    return columns.matches("[1-9]\\d{0,4}") ? Integer.parseInt(columns) : STANDARD_WIDTH;
  }

  /** Prints a note in a line of its own. Replaces the status. */
  void print(String note) {
    if (!quiet) {
      clear();
      err.println(note);
      err.flush();
    }
  }

  /** Replaces the status, which is the last line of the terminal. Does nothing elsewhere. */
  void showStatus(String status) {
    if (terminal && !quiet) {
      err.print(START_OF_LINE + CUT_LONG_LINES + status + WRAP_LONG_LINES + CLEAR_TO_END);
      err.flush();
    }
  }

  /** Removes the status. Does nothing elsewhere than on a terminal. */
  void clear() {
    if (terminal && !quiet) {
      err.print(START_OF_LINE + CLEAR_TO_END);
      err.flush();
    }
  }
}
