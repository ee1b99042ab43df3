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
 * A session in which the caller, such as a test framework, performs the checks of a run one at a
 * time. Closing the session deletes the cohorts that the checks saved. Not safe for use by several
 * threads.
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
   * A check that the settings select.
   *
   * @param id identifier, such as {@code paging/walk[manifest]}
   * @param area name of the group of checks, such as {@code paging}
   * @param title what the check verifies
   * @param rules the rules that the check verifies
   * @param run performs the check and returns the outcome
   */
  public record SelectedCheck(
      String id, String area, String title, List<Rule> rules, Supplier<Outcome> run) {}

  /** Returns the selected checks, in the order in which to perform them. */
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

  /** Performs a check. Adjusts the outcome for excluded rules and known failures. */
  Outcome perform(Check check) {
    return settings.knownFailures().apply(settings.selection().apply(runner.run(check)), today);
  }

  /** Returns the date that determines whether known failures are expired. */
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
