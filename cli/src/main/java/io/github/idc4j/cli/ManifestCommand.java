package io.github.idc4j.cli;

import io.github.idc4j.cli.export.Format;
import io.github.idc4j.cli.export.Result;
import io.github.idc4j.cli.export.S5cmdManifest;
import io.github.idc4j.cli.export.Selection;
import io.github.idc4j.model.ManifestRow;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
        "Lists the images of a selection: one row for each distinct combination of values in the columns. "
            + "With the format s5cmd, writes commands that download the images.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  idc4j manifest --collection nlst --modality CT -o nlst.s5cmd",
      "  idc4j manifest --collection nlst --columns Patient_ID -o patients.csv"
    })
final class ManifestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--columns",
      paramLabel = "NAME",
      split = ",",
      completionCandidates = Candidates.ManifestColumns.class,
      description =
          "Columns of the manifest, in the order of the output; may be repeated. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<String> names =
      List.of("Collection_ID", "Patient_ID", "StudyInstanceUID", "SeriesInstanceUID");

  @Mixin private S5cmdOptions s5cmdOptions;

  @Mixin private FilterOptions filterOptions;

  @Mixin private SqlOption sqlOption;

  @Mixin private OutputOptions outputOptions;

  @Mixin private ConnectionOptions connectionOptions;

  @Override
  public Integer call() throws UserException {
    Selection selection = filterOptions.selection();
    if (selection.cohortId().isPresent()) {
      connectionOptions.needAccount();
    }
    Function<Connection, Result<ManifestRow>> rows =
        connection -> Result.manifest(connection.client(), selection, names);
    if (sqlOption.isGiven()) {
      outputOptions.printSql(rows, connectionOptions, spec.commandLine());
    } else if (outputOptions.format() == Format.S5CMD) {
      export(s5cmdOptions.manifest(spec), selection);
    } else {
      s5cmdOptions.requireNone(spec);
      outputOptions.run(
          rows, "manifest of " + selection.description(), connectionOptions, spec.commandLine());
    }
    return 0;
  }

  private void export(S5cmdManifest manifest, Selection selection) throws UserException {
    outputOptions.run(
        connection -> counted(manifest, selection, connection),
        manifest.description() + " of " + selection.description(),
        connectionOptions,
        spec.commandLine());
  }

  private Result<ManifestRow> counted(
      S5cmdManifest manifest, Selection selection, Connection connection) {
    Notes notes = connectionOptions.notes(spec.commandLine().getErr());
    notes.showStatus("Counting the rows ...");
    try {
      return manifest.of(
          connection.client(),
          selection,
          outputOptions.fileName(),
          images ->
              outputOptions.isLimited()
                  ? OptionalLong.empty()
                  : size(connection.baseUrl(), images));
    } finally {
      notes.clear();
    }
  }

  /** Returns the size of the images in bytes; empty if the service does not provide it. */
  private static OptionalLong size(URI baseUrl, Selection images) {
    try {
      Map<String, String> parameters =
          Map.of("filters", images.json(), "attribute", "Modality", "limit", "1");
      return ExploreCounts.of(baseUrl, parameters).bytes();
    } catch (UserException unavailable) {
      return OptionalLong.empty();
    }
  }
}
