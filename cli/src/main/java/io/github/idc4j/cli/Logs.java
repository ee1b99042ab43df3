package io.github.idc4j.cli;

import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the command logs on standard error. */
final class Logs {

  // Fields, because Java forgets unused loggers.
  private static final Logger LIBRARIES = Logger.getLogger("");
  private static final Logger OWN = Logger.getLogger("io.github.idc4j");
  private static final Logger REQUESTS = Logger.getLogger("io.github.idc4j.requests");

  /** Logs stack traces while a database cannot be reached, which the service reports itself. */
  private static final Logger POOL = Logger.getLogger("com.zaxxer.hikari");

  private Logs() {}

  /** Shows only warnings and errors of libraries, and no requests. */
  static void configure() {
    LIBRARIES.setLevel(Level.WARNING);
    OWN.setLevel(Level.INFO);
    POOL.setLevel(Level.OFF);
    REQUESTS.setLevel(Level.WARNING);
  }

  /** Shows one line for each request to a service. */
  static void showRequests() {
    ConsoleHandler console = new ConsoleHandler();
    console.setFormatter(
        new Formatter() {
          @Override
          public String format(LogRecord line) {
            return line.getMessage() + System.lineSeparator();
          }
        });
    REQUESTS.setUseParentHandlers(false);
    REQUESTS.addHandler(console);
    REQUESTS.setLevel(Level.INFO);
  }
}
