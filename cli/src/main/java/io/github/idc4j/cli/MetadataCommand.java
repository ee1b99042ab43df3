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
    footerHeading = "%nExamples:%n",
    footer = {
      "  idc4j metadata -o metadata.parquet",
      "  idc4j metadata --limit 10 --output ndjson"
    })
final class MetadataCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private OutputOptions outputOptions;

  @Mixin private ConnectionOptions connectionOptions;

  @Override
  public Integer call() throws UserException {
    outputOptions.run(
        connection -> Result.metadata(connection.client()),
        "metadata",
        connectionOptions,
        spec.commandLine());
    return 0;
  }
}
