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

/** The checks of an area, as a suite of JUnit test cases. */
record JunitSuite(String name, List<Case> cases) {

  /** The results that a test case in JUnit XML can have. */
  enum Kind {
    PASSED,
    FAILURE,
    ERROR,
    SKIPPED;

    /**
     * Returns the name of the XML element that marks a test case with this result. Only test cases
     * that did not pass have such an element.
     */
    String element() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A test case.
   *
   * @param name name of the test case, unique in its suite
   * @param time duration of the check
   * @param kind result of the test case
   * @param type text for the status of the check
   * @param message message of the check; may be empty if the test case passed
   * @param details the rules and the evidence; may be empty
   */
  record Case(String name, Duration time, Kind kind, String type, String message, String details) {}

  /**
   * Returns a suite for each area. Also returns suites for failures of the run that belong to no
   * check.
   */
  static List<JunitSuite> of(ConformanceResult result) {
    List<JunitSuite> suites = new ArrayList<>();
    // Without this suite, a run that ended before its checks would look like a run without
    // failures.
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
      // The run fails if an entry is out of date.
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
      // JUnit XML has no warnings.
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
