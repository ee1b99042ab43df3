package io.github.idc4j.cli;

import io.github.idc4j.cli.export.Lists;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the analysis results, such as segmentations, of all data releases. */
@Command(
    name = "analysis-results",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists the analysis results, such as segmentations, of all data releases.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  idc4j analysis-results --fields doi,collections",
      "  idc4j analysis-results -o analysis-results.parquet"
    })
final class AnalysisResultsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ListOptions listOptions;

  @Mixin private ConnectionOptions connectionOptions;

  @Override
  public Integer call() throws UserException {
    listOptions.run(Lists::analysisResults, connectionOptions, spec.commandLine());
    return 0;
  }
}
