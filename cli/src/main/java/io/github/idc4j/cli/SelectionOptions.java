package io.github.idc4j.cli;

import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.run.ConformanceRunBuilder;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options that select the checks of a run. */
final class SelectionOptions {

  @Option(
      names = "--rule",
      paramLabel = "ID",
      split = ",",
      description = "Run only checks of this rule, such as paging.order; may be repeated.")
  private Set<String> rules = Set.of();

  @Option(
      names = "--exclude-rule",
      paramLabel = "ID",
      split = ",",
      description =
          "Do not verify this rule; checks without another rule do not run. May be repeated.")
  private Set<String> excludedRules = Set.of();

  @Option(
      names = "--area",
      paramLabel = "NAME",
      split = ",",
      description = "Run only checks of this area, such as paging; may be repeated.")
  private Set<String> areas = Set.of();

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      split = ",",
      description =
          "Run only checks with a rule of this level: MUST, SHOULD, MAY or QUIRK; may be repeated.")
  private Set<Level> levels = EnumSet.allOf(Level.class);

  @Option(
      names = "--without",
      paramLabel = "NAME",
      split = ",",
      description =
          "Capability that the service does not offer: cohorts, account, dicomMetadata, an operation"
              + " identifier, or column:NAME. Checks that need it are listed as not offered. If the"
              + " service does offer it, the run reports that. May be repeated.")
  private Set<String> without = Set.of();

  /**
   * Adds the selection to a run.
   *
   * @throws IllegalArgumentException if a name is unknown; the message lists the known names
   */
  void addTo(ConformanceRunBuilder run) {
    run.select(rules, areas, levels).excludeRules(excludedRules).without(without);
  }
}
