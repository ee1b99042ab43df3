package io.github.idc4j.cli;

import io.github.idc4j.cli.export.Export;
import io.github.idc4j.cli.export.FileExport;
import io.github.idc4j.cli.export.Format;
import io.github.idc4j.cli.export.Result;
import io.github.idc4j.client.error.IdcException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Options for the output of an export. */
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
          "Continue an interrupted export to the same file. Without an interrupted export, start at"
              + " the first row.")
  private boolean resume;

  /** Verifies the options. Call this method before a service is started. */
  void validate() throws UserException {
    if (limit < 0) {
      throw new UserException(
          Main.WRONG_USAGE, "--limit must not be negative, but was " + limit + ".");
    }
    if (resume && file == null) {
      throw new UserException(Main.WRONG_USAGE, "--resume needs a file. Add -o FILE.");
    }
    if (count && (file != null || format != null)) {
      throw new UserException(
          Main.WRONG_USAGE, "--count prints one number. Remove -o and --output, or --count.");
    }
    if (!format().isText() && file == null) {
      throw new UserException(
          Main.WRONG_USAGE, "Parquet cannot be written to standard output. Add -o FILE.");
    }
  }

  private Format format() throws UserException {
    try {
      if (format == null) {
        return file == null ? Format.CSV : Format.of(file);
      }
      return format;
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, e.getMessage());
    }
  }

  /**
   * Exports a result.
   *
   * @param result returns the result, or throws an {@link IllegalArgumentException} for the user
   * @param description identifies the command and the filters
   */
  <T> void run(
      Supplier<Result<T>> result,
      Connection connection,
      String description,
      PrintWriter out,
      Notes notes)
      throws UserException {
    try {
      Export<T> export =
          new Export<>(
              result.get().onProgress(new ProgressNotes(notes, System::nanoTime)), format(), limit);
      if (count) {
        out.println(export.count());
        out.flush();
      } else if (file == null) {
        export.write(out);
        out.flush();
      } else {
        write(export, connection, description, notes);
      }
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, e.getMessage());
    } catch (IdcException e) {
      throw ClientFailures.explain(e);
    } catch (IOException e) {
      throw new UserException(
          Main.OWN_FAULT, "cannot write the rows: " + FileFailures.reason(e) + ".");
    }
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
    Optional<Long> interrupted = target.interruptedAt();
    if (interrupted.isPresent() && !resume) {
      throw new UserException(
          Main.WRONG_USAGE,
          "an interrupted export to %s has %,d rows. Add --resume to continue it, or delete %s to start again."
              .formatted(file, interrupted.get(), target.checkpointFile()));
    }
    interrupted.ifPresent(rows -> notes.print("Continuing after %,d rows.".formatted(rows)));
    Thread hook = new Thread(() -> notes.print("Interrupted." + hint(target)));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      notes.print("%,d rows in %s".formatted(target.write(), file));
    } catch (IdcException e) {
      UserException problem = ClientFailures.explain(e);
      throw new UserException(problem.exitCode(), problem.getMessage() + hint(target));
    } finally {
      remove(hook);
    }
  }

  /** Returns how to continue the export; empty if no page was complete. */
  private static String hint(FileExport<?> target) {
    return Files.exists(target.checkpointFile())
        ? " To continue, run the same command with --resume."
        : "";
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException stopping) {
      // The hook is already running.
    }
  }
}
