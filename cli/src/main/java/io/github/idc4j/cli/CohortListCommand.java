package io.github.idc4j.cli;

import io.github.idc4j.cli.export.Format;
import io.github.idc4j.cli.export.Lists;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the saved cohorts of the user. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists your saved cohorts.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  idc4j cohort list",
      "  idc4j cohort list --fields cohort_id,name,filters --output json"
    })
final class CohortListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ListOptions listOptions;

  @Mixin private ConnectionOptions connectionOptions;

  @Override
  public Integer call() throws UserException {
    Format format = listOptions.format();
    connectionOptions.connectAsUser(
        spec.commandLine(),
        connection ->
            listOptions.write(Lists.cohorts(connection.client()), format, spec.commandLine()));
    return 0;
  }
}
