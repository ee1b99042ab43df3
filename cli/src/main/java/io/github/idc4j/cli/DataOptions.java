package io.github.idc4j.cli;

import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.AbsentColumns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The data of a service that a command starts. */
final class DataOptions {

  @Option(
      names = "--data",
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Use real data: a wheel of the Python package idc-index-data, Parquet files that IDC"
              + " publishes, or folders with such files; idc for the downloaded release. Default: synthetic data.")
  private List<Path> data = List.of();

  @Option(
      names = "--absent",
      paramLabel = "refuse|null",
      description =
          "How to respond to a request for a column that the data does not have: refuse it with 400,"
              + " or return null in each row. Default: refuse.")
  private AbsentColumns absent = AbsentColumns.REFUSE;

  boolean areGiven() {
    return !data.isEmpty();
  }

  void addTo(ReferenceService.Builder builder) throws UserException {
    List<Path> paths = new ArrayList<>();
    for (Path path : data) {
      paths.add(PulledReleases.resolve(path));
    }
    builder.data(paths.toArray(Path[]::new)).absentColumns(absent);
  }

  /** Returns the options as the user wrote them, each after a space. */
  String asArguments() {
    StringBuilder arguments = new StringBuilder();
    data.forEach(path -> arguments.append(" --data ").append(path));
    return absent == AbsentColumns.NULL ? arguments + " --absent null" : arguments.toString();
  }
}
