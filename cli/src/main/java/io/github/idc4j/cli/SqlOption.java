package io.github.idc4j.cli;

import picocli.CommandLine.Option;

/** The option for the SQL of a selection. */
final class SqlOption {

  @Option(
      names = "--sql",
      description =
          "Print the SQL of the selection instead of rows, as the service returns it. The service"
              + " runs the query for this.")
  private boolean sql;

  boolean isGiven() {
    return sql;
  }
}
