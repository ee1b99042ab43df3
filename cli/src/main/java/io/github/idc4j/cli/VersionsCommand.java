package io.github.idc4j.cli;

import io.github.idc4j.cli.export.Lists;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the data releases, of which one is active. */
@Command(
    name = "versions",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists the data releases, of which one is active.",
    footerHeading = "%nExamples:%n",
    footer = {"  idc4j versions", "  idc4j versions --sort=-date_active --limit 1 --output json"})
final class VersionsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ListOptions listOptions;

  @Mixin private ConnectionOptions connectionOptions;

  @Override
  public Integer call() throws UserException {
    listOptions.run(Lists::versions, connectionOptions, spec.commandLine());
    return 0;
  }
}
