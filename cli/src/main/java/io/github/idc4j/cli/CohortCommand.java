package io.github.idc4j.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Works with the saved cohorts of the user. */
@Command(
    name = "cohort",
    mixinStandardHelpOptions = true,
    description =
        "Works with saved cohorts. Needs a service with accounts (--base-url) and your credentials.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  idc4j cohort create --name lung --collection nlst --modality CT",
      "  idc4j cohort list"
    },
    subcommands = {
      CohortListCommand.class,
      CohortCreateCommand.class,
      CohortShowCommand.class,
      CohortDeleteCommand.class,
      HelpCommand.class
    })
final class CohortCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing command: list, create, show or delete. For example: "
            + Launcher.command("cohort list"));
  }
}
