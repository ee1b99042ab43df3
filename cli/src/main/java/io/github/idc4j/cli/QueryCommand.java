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

/** Exports the result of a query. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Lists metadata about the images of a selection: one row for each distinct combination of values in the fields.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      ClientFailures.REFUSED_HELP,
      "2:invalid usage",
      "3:the data or the output cannot be used",
      ClientFailures.RETIRED_HELP,
      ClientFailures.UNAVAILABLE_HELP
    })
final class QueryCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--fields",
      paramLabel = "NAME",
      split = ",",
      required = true,
      description =
          "Fields of the query, in the order of the output and of the rows; may be repeated.")
  private List<String> names;

  @Mixin private FilterOptions filterOptions;

  @Mixin private OutputOptions outputOptions;

  @Mixin private ConnectionOptions connectionOptions;

  @Override
  public Integer call() throws UserException {
    outputOptions.validate();
    Selection selection = filterOptions.selection();
    Notes notes = connectionOptions.notes(spec.commandLine().getErr());
    try (Connection connection = connectionOptions.open(System.getenv(), notes)) {
      outputOptions.run(
          () -> Result.query(connection.client(), selection, names),
          connection,
          "query of " + selection.description(),
          spec.commandLine().getOut(),
          notes);
    }
    return 0;
  }
}
