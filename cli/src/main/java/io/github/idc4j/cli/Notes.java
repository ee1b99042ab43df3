package io.github.idc4j.cli;

import java.io.PrintWriter;

/**
 * Prints notes for the user.
 *
 * @param err the target
 * @param quiet whether to print nothing
 */
record Notes(PrintWriter err, boolean quiet) {

  void print(String note) {
    if (!quiet) {
      err.println(note);
      err.flush();
    }
  }
}
