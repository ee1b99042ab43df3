package io.github.idc4j.cli;

import io.github.idc4j.cli.export.Format;
import io.github.idc4j.cli.export.Table;
import io.github.idc4j.client.IdcClient;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for the output of a list. */
final class ListOptions {

  @Option(
      names = "--fields",
      paramLabel = "NAME",
      split = ",",
      description =
          "Fields, in the order of the output; may be repeated. Default: the most important fields"
              + " for a table, and all fields for other formats.")
  private List<String> names = List.of();

  @Option(
      names = "--sort",
      paramLabel = "NAME",
      description =
          "Sort by this field. --sort=-NAME is the same as --sort NAME --descending. Default: the"
              + " order of the service.")
  private String sortField;

  @Option(names = "--descending", description = "With --sort: begin with the largest value.")
  private boolean descending;

  @Mixin private TargetOptions targetOptions;

  /** Validates the options. Returns the format. */
  Format format() throws UserException {
    if (descending && sortField == null) {
      throw new UserException(Main.WRONG_USAGE, "--descending needs a field. Add --sort NAME.");
    }
    return targetOptions.format(Notes.isTerminal("out") ? Format.TABLE : Format.CSV);
  }

  /**
   * Returns the maximum number of values of an attribute to request.
   *
   * @param standard the number if the user did not choose one
   */
  int limit(int standard) {
    return targetOptions.limit() == Long.MAX_VALUE
        ? standard
        : (int) Math.max(1, Math.min(targetOptions.limit(), AttributeCounts.MAX));
  }

  /**
   * Validates the options, connects to the service, and writes a list.
   *
   * @param list requests the list
   * @param command has the standard output and the standard error
   */
  void run(
      Function<IdcClient, Table<?>> list, ConnectionOptions connectionOptions, CommandLine command)
      throws UserException {
    Format format = format();
    connectionOptions.connect(
        command, connection -> write(list.apply(connection.client()), format, command));
  }

  /**
   * Writes a list.
   *
   * @throws IllegalArgumentException if a field does not exist
   */
  void write(Table<?> list, Format format, CommandLine command) throws IOException {
    Table<?> chosen = chosen(sorted(list), format).limit(targetOptions.limit());
    if (targetOptions.file().isPresent()) {
      chosen.write(format, targetOptions.file().get());
    } else {
      chosen.write(format, command.getOut(), Notes.lineWidth());
    }
  }

  /** Writes a list of one row: for people as one line for each field. */
  void writeDetails(Table<?> row, Format format, CommandLine command) throws IOException {
    if (format == Format.TABLE) {
      (names.isEmpty() ? row : row.select(names)).writeDetails(command.getOut());
    } else {
      write(row, format, command);
    }
  }

  private Table<?> sorted(Table<?> list) {
    if (sortField == null) {
      return list;
    }
    return sortField.startsWith("-")
        ? list.sort(sortField.substring(1), !descending)
        : list.sort(sortField, descending);
  }

  private Table<?> chosen(Table<?> list, Format format) {
    if (names.isEmpty()) {
      return format == Format.TABLE ? list.summary() : list;
    }
    return list.select(names);
  }
}
