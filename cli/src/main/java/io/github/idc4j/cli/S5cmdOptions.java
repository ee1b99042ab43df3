package io.github.idc4j.cli;

import io.github.idc4j.cli.export.S5cmdManifest;
import io.github.idc4j.cli.export.S5cmdManifest.Cloud;
import io.github.idc4j.cli.export.S5cmdManifest.Level;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options for manifests in the format s5cmd. */
final class S5cmdOptions {

  private static final String LEVEL = "--level";
  private static final String CLOUD = "--cloud";
  private static final String DIRECTORY = "--directory";

  @Option(
      names = LEVEL,
      paramLabel = "LEVEL",
      defaultValue = "series",
      completionCandidates = Candidates.Levels.class,
      description =
          "What each command in a file with the format s5cmd downloads: series or instance. Default:"
              + " ${DEFAULT-VALUE}.")
  private Level level;

  @Option(
      names = CLOUD,
      paramLabel = "CLOUD",
      defaultValue = "aws",
      completionCandidates = Candidates.Clouds.class,
      description = "Where these commands download from: aws or gcs. Default: ${DEFAULT-VALUE}.")
  private Cloud cloud;

  @Option(
      names = DIRECTORY,
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Folder that these commands write to. Default: the current folder.")
  private String directory;

  /** Returns the manifest that the options describe. */
  S5cmdManifest manifest(CommandSpec spec) throws UserException {
    if (spec.commandLine().getParseResult().hasMatchedOption("--columns")) {
      throw new UserException(
          Main.WRONG_USAGE,
          "the format s5cmd has no columns. Remove --columns, or choose another format.");
    }
    try {
      return new S5cmdManifest(level, cloud, directory);
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, e.getMessage());
    }
  }

  /** Refuses options that have no effect on other formats. */
  void requireNone(CommandSpec spec) throws UserException {
    for (String option : List.of(LEVEL, CLOUD, DIRECTORY)) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new UserException(
            Main.WRONG_USAGE,
            option + " is for the format s5cmd. Add -o FILE.s5cmd or --output s5cmd.");
      }
    }
  }
}
