package io.github.idc4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the e-mail address of the user's account. */
@Command(
    name = "whoami",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints the e-mail address of your account, as the service knows it.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      ClientFailures.REFUSED_HELP,
      "2:invalid usage, or no credentials",
      ClientFailures.RETIRED_HELP,
      ClientFailures.UNAVAILABLE_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {"  idc4j whoami", "  idc4j whoami --base-url http://127.0.0.1:8080/v1"})
final class WhoamiCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ConnectionOptions connectionOptions;

  @Override
  public Integer call() throws UserException {
    connectionOptions.connectAsUser(
        spec.commandLine(),
        connection -> spec.commandLine().getOut().println(connection.client().account().email()));
    return 0;
  }
}
