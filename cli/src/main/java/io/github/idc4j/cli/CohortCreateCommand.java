package io.github.idc4j.cli;

import io.github.idc4j.cli.export.Selection;
import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.model.CohortProperties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Saves a cohort. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Saves a cohort, and prints its ID.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      ClientFailures.REFUSED_HELP,
      "2:invalid usage",
      ClientFailures.RETIRED_HELP,
      ClientFailures.UNAVAILABLE_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  idc4j cohort create --name lung --collection nlst --modality CT",
      "  idc4j cohort create --name chest --where \"BodyPartExamined = CHEST\""
    })
final class CohortCreateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "Name of the cohort. Several cohorts can have the same name.")
  private String name;

  @Option(
      names = "--description",
      paramLabel = "TEXT",
      description = "Description of the cohort. Default: none.")
  private String description = "";

  @Mixin private FilterOptions filterOptions;

  @Mixin private ConnectionOptions connectionOptions;

  @Override
  public Integer call() throws UserException {
    Selection selection = filterOptions.selection();
    if (selection.cohortId().isPresent()) {
      throw new UserException(
          Main.WRONG_USAGE,
          "a new cohort needs filters of its own. Replace --cohort with filters; 'idc4j cohort"
              + " show' prints those of a saved cohort.");
    }
    connectionOptions.connectAsUser(
        spec.commandLine(),
        connection -> {
          CohortProperties cohort =
              connection
                  .client()
                  .createCohort(new CohortDefinition(name, description, selection.filters()));
          spec.commandLine().getOut().println(cohort.cohortId());
          connectionOptions
              .notes(spec.commandLine().getErr())
              .print("Saved the cohort %s as %d.".formatted(cohort.name(), cohort.cohortId()));
        });
    return 0;
  }
}
