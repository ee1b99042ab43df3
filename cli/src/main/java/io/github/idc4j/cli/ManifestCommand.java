package io.github.idc4j.cli;

import io.github.idc4j.cli.export.Result;
import io.github.idc4j.cli.export.Selection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Exports a manifest. */
@Command(
    name = "manifest",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Lists the images of a selection: one row for each distinct combination of values in the columns.")
final class ManifestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--columns",
      paramLabel = "NAME",
      split = ",",
      description =
          "Columns of the manifest, in the order of the output; may be repeated. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<String> names =
      List.of("Collection_ID", "Patient_ID", "StudyInstanceUID", "SeriesInstanceUID");

  @Mixin private FilterOptions filterOptions;

  @Mixin private OutputOptions outputOptions;

  @Mixin private ConnectionOptions connectionOptions;

  @Override
  public Integer call() throws UserException {
    Selection selection = filterOptions.selection();
    outputOptions.run(
        client -> Result.manifest(client, selection, names),
        "manifest of " + selection.description(),
        connectionOptions,
        spec.commandLine());
    return 0;
  }
}
