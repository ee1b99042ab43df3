package io.github.idc4j.cli;

import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log of the requests to a service: one line for each request, on standard error. */
final class RequestLogging {

  /** A field, because Java forgets unused loggers. */
  private static final Logger REQUESTS = Logger.getLogger("io.github.idc4j.requests");

  private RequestLogging() {}

  static void disable() {
    REQUESTS.setLevel(Level.WARNING);
  }

  static void enable() {
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
