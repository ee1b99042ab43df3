package io.github.idc4j.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands for the data of the reference service. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    description = "Downloads the index of the real IDC data, and shows what a data set contains.",
    subcommands = {DataPullCommand.class, DataShowCommand.class, HelpCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {"  idc4j data pull", "  idc4j data show idc"})
final class DataCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing command: pull or show. For example: " + Launcher.command("data pull"));
  }
}
