package io.github.idc4j.cli;

import io.github.idc4j.cli.export.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Options for where a command writes its rows, and in which format. The exit codes are those of all
 * commands that write rows.
 */
@Command(
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      ClientFailures.REFUSED_HELP,
      "2:invalid usage",
      "3:the data or the output cannot be used",
      ClientFailures.RETIRED_HELP,
      ClientFailures.UNAVAILABLE_HELP
    })
final class TargetOptions {

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
      completionCandidates = Candidates.Formats.class,
      description =
          "Format: ${COMPLETION-CANDIDATES}; s5cmd is for the command manifest only. Default: the"
              + " extension of the file. Without a file, the default is csv, and for a list on a"
              + " terminal it is table.")
  private Format format;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Write at most N rows. Default: all rows.")
  private long limit = Long.MAX_VALUE;

  /** Returns the file; empty for the standard output. */
  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** Returns the maximum number of rows. */
  long limit() {
    return limit;
  }

  /** Returns the format that the user chose with --output; empty if the user chose none. */
  Optional<Format> givenFormat() {
    return Optional.ofNullable(format);
  }

  /** Returns whether the user gave any of these options. */
  boolean areGiven() {
    return file != null || format != null || limit != Long.MAX_VALUE;
  }

  /**
   * Validates the options.
   *
   * @param standard the format for standard output if the user did not choose one
   * @return the format
   */
  Format format(Format standard) throws UserException {
    if (limit < 0) {
      throw new UserException(
          Main.WRONG_USAGE, "--limit must not be negative, but was " + limit + ".");
    }
    if (file != null) {
      validateFile();
    }
    Format chosen = chosen(standard);
    if (file == null && !chosen.isText()) {
      throw new UserException(
          Main.WRONG_USAGE, "Parquet cannot be written to standard output. Add -o FILE.");
    }
    if (file != null && !chosen.isForFiles()) {
      throw new UserException(
          Main.WRONG_USAGE,
          "a table cannot be written to a file. Remove -o, or choose another format for --output.");
    }
    return chosen;
  }

  private void validateFile() throws UserException {
    file = realPath(file);
    if (Files.isDirectory(file)) {
      throw new UserException(
          Main.WRONG_USAGE, file + " is a folder. Add the name of a file to -o.");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UserException(
          Main.WRONG_USAGE,
          file
              + " is a device or a pipe. Write to the standard output: remove -o and add --output.");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new UserException(
          Main.WRONG_USAGE,
          "the folder " + folder + " does not exist. Create it, or choose another file for -o.");
    }
  }

  /** Returns the file that a symbolic link refers to, which would otherwise be replaced. */
  private static Path realPath(Path file) throws UserException {
    try {
      return Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file;
    } catch (IOException e) {
      throw new UserException(
          Main.OWN_FAULT, "cannot use " + file + ": " + FileFailures.reason(e) + ".");
    }
  }

  private Format chosen(Format standard) throws UserException {
    try {
      if (format == null) {
        return file == null ? standard : Format.of(file);
      }
      return format;
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, e.getMessage());
    }
  }
}
