package io.github.idc4j.cli;

import io.github.idc4j.cli.export.Export;
import io.github.idc4j.cli.export.FileExport;
import io.github.idc4j.cli.export.Format;
import io.github.idc4j.cli.export.Result;
import io.github.idc4j.cli.export.UnusableDataException;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.error.IdcException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Options for the output of an export. Their exit codes are those of all export commands. */
@Command(
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      ClientFailures.REFUSED_HELP,
      "2:invalid usage",
      "3:the data or the output cannot be used",
      ClientFailures.RETIRED_HELP,
      ClientFailures.UNAVAILABLE_HELP
    })
final class OutputOptions {

  @Option(
      names = {"-o", "--output-file"},
      paramLabel = "FILE",
      description =
          "Write to this file, in the format of its extension. The file appears when it is complete."
              + " Default: standard output.")
  private Path file;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description =
          "Format: ${COMPLETION-CANDIDATES}. Default: the extension of the file, else csv.")
  private Format format;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Write at most N rows. Default: all rows.")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--count",
      description = "Print only the number of rows, which takes one request.")
  private boolean count;

  @Option(
      names = "--resume",
      description =
          "Resume an interrupted export to the same file. Without an interrupted export, start at the"
              + " first row.")
  private boolean resume;

  private void validate() throws UserException {
    if (limit < 0) {
      throw new UserException(
          Main.WRONG_USAGE, "--limit must not be negative, but was " + limit + ".");
    }
    if (resume && file == null) {
      throw new UserException(Main.WRONG_USAGE, "--resume needs a file. Add -o FILE.");
    }
    if (count && (file != null || (format != null && format != Format.S5CMD))) {
      throw new UserException(
          Main.WRONG_USAGE,
          "--count prints one number. Remove --count, or remove -o and --output.");
    }
    if (!format().isText() && file == null) {
      throw new UserException(
          Main.WRONG_USAGE, "Parquet cannot be written to standard output. Add -o FILE.");
    }
  }

  private void validateFile() throws UserException {
    if (Files.isDirectory(file)) {
      throw new UserException(
          Main.WRONG_USAGE, file + " is a folder. Add the name of a file to -o.");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new UserException(
          Main.WRONG_USAGE,
          "the folder " + folder + " does not exist. Create it, or choose another file for -o.");
    }
  }

  /** Returns the format of the output. */
  Format format() throws UserException {
    if (file != null) {
      validateFile();
    }
    try {
      if (format == null) {
        return file == null ? Format.CSV : Format.of(file);
      }
      return format;
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, e.getMessage());
    }
  }

  /** Returns whether the output has rows, and not only their number. */
  boolean hasRows() {
    return !count;
  }

  /** Returns the name of the file for messages. */
  String fileName() {
    return file == null ? "FILE" : file.toString();
  }

  /**
   * Connects to the service, and prints the SQL of a result.
   *
   * @param result returns the result, or throws an {@link IllegalArgumentException} for the user
   * @param command has the standard output and the standard error
   */
  <T> void printSql(
      Function<IdcClient, Result<T>> result,
      ConnectionOptions connectionOptions,
      CommandLine command)
      throws UserException {
    if (file != null || format != null || count || resume || limit != Long.MAX_VALUE) {
      throw new UserException(
          Main.WRONG_USAGE,
          "--sql prints one query. Remove --sql, or remove -o, --output, --limit, --count and"
              + " --resume.");
    }
    connect(
        connectionOptions,
        command,
        (connection, notes) -> command.getOut().println(result.apply(connection.client()).sql()));
  }

  /**
   * Validates the options, connects to the service, and exports a result.
   *
   * @param result returns the result, or throws an {@link IllegalArgumentException} for the user
   * @param description identifies the command and the filters
   * @param command has the standard output and the standard error
   */
  <T> void run(
      Function<IdcClient, Result<T>> result,
      String description,
      ConnectionOptions connectionOptions,
      CommandLine command)
      throws UserException {
    validate();
    connect(
        connectionOptions,
        command,
        (connection, notes) -> {
          ProgressNotes progress =
              new ProgressNotes(notes, showsBar(notes), limit, System::nanoTime);
          Export<T> export =
              new Export<>(result.apply(connection.client()).onProgress(progress), format(), limit);
          if (count) {
            command.getOut().println(export.count());
          } else if (file == null) {
            export.write(command.getOut());
          } else {
            write(export, connection, description, notes);
          }
        });
  }

  /** Work with a connection. */
  private interface Work {
    void run(Connection connection, Notes notes) throws IOException, UserException;
  }

  private static void connect(ConnectionOptions connectionOptions, CommandLine command, Work work)
      throws UserException {
    Notes notes = connectionOptions.notes(command.getErr());
    try (Connection connection = connectionOptions.open(System.getenv(), notes)) {
      work.run(connection, notes);
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, e.getMessage());
    } catch (UnusableDataException e) {
      throw new UserException(
          e.refused().isPresent() ? ClientFailures.REFUSED : Main.OWN_FAULT, e.getMessage());
    } catch (IdcException e) {
      throw ClientFailures.explain(e);
    } catch (IOException e) {
      throw new UserException(
          Main.OWN_FAULT, "cannot write the rows: " + FileFailures.reason(e) + ".");
    } finally {
      notes.clear();
      command.getOut().flush();
    }
  }

  /** Returns whether to show a bar. It would mix with rows on the same terminal. */
  private boolean showsBar(Notes notes) {
    return notes.terminal() && (file != null || count || !Notes.isTerminal("out"));
  }

  private <T> void write(Export<T> export, Connection connection, String description, Notes notes)
      throws IOException, UserException {
    FileExport<T> target =
        new FileExport<>(
            export,
            file,
            "%s of %s as %s with the columns %s%s"
                .formatted(
                    description,
                    connection.source(),
                    export.format(),
                    export.result().columns(),
                    limit == Long.MAX_VALUE ? "" : ", up to " + limit + " rows"),
            connection.embedded().isEmpty());
    Thread hook = new Thread(() -> notes.print("Interrupted." + hint(target)));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      long rows =
          target.write(
              resume, written -> notes.print("Resuming after %,d rows.".formatted(written)));
      notes.print("%,d rows in %s".formatted(rows, file));
    } catch (IdcException e) {
      UserException problem = ClientFailures.explain(e);
      throw new UserException(problem.exitCode(), problem.getMessage() + hint(target));
    } finally {
      remove(hook);
    }
  }

  /** Returns how to resume the export; empty if no page was complete. */
  private static String hint(FileExport<?> target) {
    return target.canResume() ? " To resume, run the same command with --resume." : "";
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException stopping) {
      // The hook is already running.
    }
  }
}
