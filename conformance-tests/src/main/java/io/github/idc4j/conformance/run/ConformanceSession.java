package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.check.Check;
import io.github.idc4j.conformance.internal.check.ServiceUnderTest;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;

/**
 * The checks of a run, performed one at a time by the caller, such as a test framework. Closing it
 * deletes the cohorts that the checks saved. Not safe for use by several threads.
 */
public final class ConformanceSession implements AutoCloseable {

  private final RunSettings settings;
  private final ServiceUnderTest service;
  private final CheckRunner runner;
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  ConformanceSession(RunSettings settings, ServiceUnderTest service) {
    this.settings = settings;
    this.service = service;
    runner = new CheckRunner(service);
  }

  /**
   * A check that was selected.
   *
   * @param id identifier, such as {@code paging/walk[manifest]}
   * @param area name of the group of the check
   * @param title what the check verifies
   * @param rules the rules of the check
   * @param run performs the check
   */
  public record SelectedCheck(
      String id, String area, String title, List<Rule> rules, Supplier<Outcome> run) {}

  /** Returns the selected checks, in order. */
  public List<SelectedCheck> checks() {
    return settings.selection().checks().stream()
        .map(
            check ->
                new SelectedCheck(
                    check.id(),
                    check.area(),
                    check.title(),
                    check.rules().stream().map(Rules::of).toList(),
                    () -> perform(check)))
        .toList();
  }

  /** Performs a check, and applies the excluded rules and the known failures. */
  Outcome perform(Check check) {
    return settings.knownFailures().apply(settings.selection().apply(runner.run(check)), today);
  }

  /** Returns the date on which known failures may expire. */
  LocalDate today() {
    return today;
  }

  ServiceUnderTest service() {
    return service;
  }

  @Override
  public void close() {
    service.close();
  }
}
