package io.github.idc4j.cli;

import io.github.idc4j.cli.export.Lists;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the collections of original images in the active data release. */
@Command(
    name = "collections",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists the collections of original images in the active data release.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  idc4j collections --sort subject_count --descending",
      "  idc4j collections --output csv -o collections.csv"
    })
final class CollectionsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ListOptions listOptions;

  @Mixin private ConnectionOptions connectionOptions;

  @Override
  public Integer call() throws UserException {
    listOptions.run(Lists::collections, connectionOptions, spec.commandLine());
    return 0;
  }
}
