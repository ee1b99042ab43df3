package io.github.idc4j.cli;

import io.github.idc4j.cli.export.Result;
import io.github.idc4j.cli.export.Selection;
import io.github.idc4j.client.QueryRow;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Exports the result of a query. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Lists metadata about the images of a selection: one row for each distinct combination of values in the fields.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  idc4j query --fields PatientID,StudyDescription --modality CT -o studies.csv",
      "  idc4j query --fields collection_id,Modality --where \"SliceThickness < 2\""
    })
final class QueryCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--fields",
      paramLabel = "NAME",
      split = ",",
      completionCandidates = Candidates.QueryFields.class,
      required = true,
      description =
          "Fields of the query, in the order of the output and of the rows; may be repeated.")
  private List<String> names;

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
    Function<Connection, Result<QueryRow>> rows =
        connection -> Result.query(connection.client(), selection, names);
    if (sqlOption.isGiven()) {
      outputOptions.printSql(rows, connectionOptions, spec.commandLine());
    } else {
      outputOptions.run(
          rows, "query of " + selection.description(), connectionOptions, spec.commandLine());
    }
    return 0;
  }
}
