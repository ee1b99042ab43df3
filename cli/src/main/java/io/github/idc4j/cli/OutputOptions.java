package io.github.idc4j.cli;

import io.github.idc4j.cli.export.Export;
import io.github.idc4j.cli.export.FileExport;
import io.github.idc4j.cli.export.Format;
import io.github.idc4j.cli.export.Result;
import io.github.idc4j.client.error.IdcException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for the output of an export. */
final class OutputOptions {

  @Mixin private TargetOptions targetOptions;

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

  /** Validates the options. Returns the format of the output. */
  Format format() throws UserException {
    if (resume && targetOptions.file().isEmpty()) {
      throw new UserException(Main.WRONG_USAGE, "--resume needs a file. Add -o FILE.");
    }
    if (count && (targetOptions.file().isPresent() || targetOptions.givenFormat().isPresent())) {
      throw new UserException(
          Main.WRONG_USAGE,
          "--count prints one number. Remove --count, or remove -o and --output.");
    }
    return targetOptions.format(Format.CSV);
  }

  /** Returns whether the output has a maximum number of rows. */
  boolean isLimited() {
    return targetOptions.limit() != Long.MAX_VALUE;
  }

  /** Returns the name of the file for messages. */
  String fileName() {
    return targetOptions.file().map(Path::toString).orElse("FILE");
  }

  /**
   * Connects to the service, and prints the SQL of a result.
   *
   * @param result returns the result, or throws an {@link IllegalArgumentException} for the user
   * @param command has the standard output and the standard error
   */
  <T> void printSql(
      Function<Connection, Result<T>> result,
      ConnectionOptions connectionOptions,
      CommandLine command)
      throws UserException {
    if (targetOptions.areGiven() || count || resume) {
      throw new UserException(
          Main.WRONG_USAGE,
          "--sql prints one query. Remove --sql, or remove -o, --output, --limit, --count and"
              + " --resume.");
    }
    connectionOptions.connect(
        command, connection -> command.getOut().println(result.apply(connection).sql()));
  }

  /**
   * Validates the options, connects to the service, and exports a result.
   *
   * @param result returns the result, or throws an {@link IllegalArgumentException} for the user
   * @param description identifies the command and the filters
   * @param command has the standard output and the standard error
   */
  <T> void run(
      Function<Connection, Result<T>> result,
      String description,
      ConnectionOptions connectionOptions,
      CommandLine command)
      throws UserException {
    Format format = format();
    Notes notes = connectionOptions.notes(command.getErr());
    connectionOptions.connect(
        command,
        connection -> {
          ProgressNotes progress =
              new ProgressNotes(notes, showsBar(notes), targetOptions.limit(), System::nanoTime);
          Export<T> export =
              new Export<>(
                  result.apply(connection).onProgress(progress), format, targetOptions.limit());
          progress.begin();
          long rows = write(export, connection, description, command, notes);
          if (rows == 0 && targetOptions.limit() > 0) {
            notes.print(
                "No rows match. To see the values of an attribute, run "
                    + Launcher.command("attributes NAME")
                    + ".");
          } else if (!count) {
            export.result().hints().forEach(notes::print);
          }
        });
  }

  /** Returns whether to show a bar. It would mix with rows on the same terminal. */
  private boolean showsBar(Notes notes) {
    return notes.terminal()
        && (targetOptions.file().isPresent() || count || !Notes.isTerminal("out"));
  }

  /** Writes the rows, or prints their number. Returns the number. */
  private <T> long write(
      Export<T> export, Connection connection, String description, CommandLine command, Notes notes)
      throws IOException, UserException {
    if (count) {
      long rows = export.count();
      notes.clear();
      command.getOut().println(rows);
      return rows;
    }
    return targetOptions.file().isEmpty()
        ? export.write(command.getOut(), Notes.lineWidth())
        : writeFile(export, targetOptions.file().get(), connection, description, notes);
  }

  private <T> long writeFile(
      Export<T> export, Path file, Connection connection, String description, Notes notes)
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
                    export.limit() == Long.MAX_VALUE ? "" : ", up to " + export.limit() + " rows"),
            connection.embedded().isEmpty());
    Thread hook = new Thread(() -> notes.print("Interrupted." + hint(target)));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      long rows =
          target.write(
              resume, written -> notes.print("Resuming after %,d rows.".formatted(written)));
      notes.print("%,d rows in %s".formatted(rows, file));
      return rows;
    } catch (IdcException e) {
      UserException problem = ClientFailures.explain(e);
      throw new UserException(problem.exitCode(), problem.getMessage() + hint(target));
    } catch (IOException e) {
      throw new UserException(
          Main.OWN_FAULT,
          "cannot write " + file + ": " + FileFailures.reason(e) + "." + hint(target));
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
