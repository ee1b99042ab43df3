package io.github.idc4j.cli;

import io.github.idc4j.cli.export.Conditions;
import io.github.idc4j.cli.export.FilterFile;
import io.github.idc4j.cli.export.Selection;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.client.filter.Filter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** Options that select images. */
final class FilterOptions {

  @Option(
      names = "--collection",
      paramLabel = "ID",
      split = ",",
      description = "Only images of this collection, such as nlst; may be repeated.")
  private List<String> collections = List.of();

  @Option(
      names = "--modality",
      paramLabel = "MODALITY",
      split = ",",
      completionCandidates = Candidates.Modalities.class,
      description = "Only images of this modality, such as CT; may be repeated.")
  private List<String> modalities = List.of();

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      completionCandidates = Candidates.FilterAttributes.class,
      description =
          "Only images that match; may be repeated. NAME = VALUE[,VALUE...], NAME = @FILE with one"
              + " value per line (@- for the standard input), NAME ~ PATTERN with %% for any characters, NAME < N, NAME <= N,"
              + " NAME > N, NAME >= N, or NAME A..B with both bounds. A..<B excludes B, and A<..B"
              + " excludes A.")
  private List<String> conditions = List.of();

  @Option(
      names = "--filters",
      paramLabel = "FILE",
      description =
          "JSON file with filters as in the API: {\"Modality\": [\"CT\"]}. FILE can be - for the standard input.")
  private Path file;

  @Option(
      names = "--cohort",
      paramLabel = "ID",
      description = "The images of this saved cohort. Needs a base URL and credentials.")
  private Long cohort;

  /** Returns the selection. */
  Selection selection() throws UserException {
    try {
      List<Filter> filters = new ArrayList<>();
      if (!collections.isEmpty()) {
        filters.add(Attributes.COLLECTION_ID.anyOf(collections.toArray(String[]::new)));
      }
      if (!modalities.isEmpty()) {
        filters.add(Attributes.MODALITY.anyOf(modalities.toArray(String[]::new)));
      }
      Conditions grammar = new Conditions();
      conditions.forEach(condition -> filters.add(grammar.parse(condition)));
      if (file != null) {
        filters.addAll(FilterFile.read(file));
      }
      return new Selection(
          cohort == null ? OptionalLong.empty() : OptionalLong.of(cohort), filters);
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, e.getMessage());
    } catch (UncheckedIOException e) {
      throw new UserException(
          Main.WRONG_USAGE,
          "the file of --where cannot be read: " + FileFailures.reason(e.getCause()) + ".");
    } catch (IOException e) {
      throw new UserException(
          Main.WRONG_USAGE, "--filters cannot be read: " + FileFailures.reason(e) + ".");
    }
  }
}
