package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Status;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The checks of an area as a suite of JUnit test cases. */
record JunitSuite(String name, List<Case> cases) {

  /** The kinds of results that JUnit XML has. */
  enum Kind {
    PASSED,
    FAILURE,
    ERROR,
    SKIPPED;

    /** Returns the name of the element of a test case that did not pass. */
    String element() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A test case.
   *
   * @param name unique in its suite
   * @param type words for the status of the check
   * @param message what was found; may be empty if the case passed
   * @param details rules and evidence; may be empty
   */
  record Case(String name, Duration time, Kind kind, String type, String message, String details) {}

  /** Returns a suite for each area, and suites for what fails a run without being a check. */
  static List<JunitSuite> of(ConformanceResult result) {
    List<JunitSuite> suites = new ArrayList<>();
    // A run that ended before its checks must not look like one without failures.
    result
        .end()
        .ifPresent(
            end ->
                suites.add(
                    suite("service", "The service can be checked", Kind.ERROR, end.message())));
    Map<String, List<Case>> areas = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (Outcome outcome : result.outcomes()) {
      boolean isUnique = names.add(outcome.area() + "\n" + outcome.title());
      areas
          .computeIfAbsent(outcome.area(), area -> new ArrayList<>())
          .add(
              of(
                  outcome,
                  isUnique ? outcome.title() : outcome.title() + " (" + outcome.id() + ")"));
    }
    areas.forEach((area, cases) -> suites.add(new JunitSuite(area, cases)));
    if (!result.problems().isEmpty()) {
      // An entry that is out of date fails the run.
      List<Case> cases =
          result.problems().stream()
              .distinct()
              .map(problem -> single(problem, Kind.FAILURE, problem))
              .toList();
      suites.add(new JunitSuite("known-failures", cases));
    }
    return suites;
  }

  private static JunitSuite suite(String name, String testCase, Kind kind, String message) {
    return new JunitSuite(name, List.of(single(testCase, kind, message)));
  }

  private static Case single(String name, Kind kind, String message) {
    return new Case(name, Duration.ZERO, kind, kind.element(), message, "");
  }

  private static Case of(Outcome outcome, String name) {
    return new Case(
        name,
        outcome.duration().truncatedTo(ChronoUnit.MILLIS),
        kind(outcome.status()),
        outcome.status() == Status.PASS ? "observed" : StatusText.of(outcome.status()),
        outcome.message(),
        Summary.isFinding(outcome) ? details(outcome) : "");
  }

  private static Kind kind(Status status) {
    return switch (status) {
      // The format has no warnings.
      case PASS, WARN, KNOWN -> Kind.PASSED;
      case SKIP, NOT_OFFERED -> Kind.SKIPPED;
      case FAIL -> Kind.FAILURE;
      case AWAY, SLOW, ERROR -> Kind.ERROR;
    };
  }

  private static String details(Outcome outcome) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    for (Rule rule : outcome.rules()) {
      lines.add(rule.id() + ": " + rule.text());
    }
    Summary.rule(outcome)
        .filter(rule -> !rule.look().isEmpty())
        .ifPresent(rule -> lines.add("Possible causes: " + rule.look()));
    outcome
        .evidence()
        .ifPresent(
            evidence -> {
              Summary.parts(evidence)
                  .forEach(part -> lines.addAll(List.of("", part.name() + ":", part.text())));
              lines.addAll(List.of("", "Reproduce:", evidence.curl()));
            });
    return String.join("\n", lines);
  }
}
