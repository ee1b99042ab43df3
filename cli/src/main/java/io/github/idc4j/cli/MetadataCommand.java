package io.github.idc4j.cli;

import io.github.idc4j.cli.export.Result;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Exports the metadata of all instances. */
@Command(
    name = "metadata",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists the metadata of all images, one row for each instance.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      ClientFailures.REFUSED_HELP,
      "2:invalid usage",
      "3:the data or the output cannot be used",
      ClientFailures.RETIRED_HELP,
      ClientFailures.UNAVAILABLE_HELP
    })
final class MetadataCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private OutputOptions outputOptions;

  @Mixin private ConnectionOptions connectionOptions;

  @Override
  public Integer call() throws UserException {
    outputOptions.validate();

    Notes notes = connectionOptions.notes(spec.commandLine().getErr());
    try (Connection connection = connectionOptions.open(System.getenv(), notes)) {
      outputOptions.run(
          () -> Result.metadata(connection.client()),
          connection,
          "metadata",
          spec.commandLine().getOut(),
          notes);
    }
    return 0;
  }
}
