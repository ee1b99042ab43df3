package io.github.idc4j.cli;

import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.AbsentColumns;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Options for the data of a service that the command starts. */
final class DataOptions {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=+-]+");

  @Option(
      names = "--data",
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Use real data: a wheel of the Python package idc-index-data, Parquet files that IDC"
              + " publishes, or folders that contain such files. 'idc' stands for the newest release"
              + " that ./idc4j data pull has downloaded, and 'idc:25' for release 25. Default:"
              + " synthetic data.")
  private List<Path> data = List.of();

  @Option(
      names = "--absent",
      paramLabel = "refuse|null",
      description =
          "How to respond to a request for a column that the data does not have: refuse it with 400,"
              + " or return null in each row. Default: refuse.")
  private AbsentColumns absent = AbsentColumns.REFUSE;

  boolean areGiven() {
    return hasData() || absent != AbsentColumns.REFUSE;
  }

  boolean hasData() {
    return !data.isEmpty();
  }

  void addTo(ReferenceService.Builder builder) throws UserException {
    builder.data(PulledReleases.resolve(data)).absentColumns(absent);
  }

  /** Returns the options in the syntax of a POSIX shell, with a space before each option. */
  String asArguments() {
    StringBuilder arguments = new StringBuilder();
    data.forEach(path -> arguments.append(" --data ").append(quoted(path.toString())));
    return absent == AbsentColumns.NULL ? arguments + " --absent null" : arguments.toString();
  }

  private static String quoted(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
