package io.github.idc4j.conformance.report;

import static java.util.Comparator.comparing;

import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Evidence;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Status;
import io.github.idc4j.openapi.IdcOpenApi;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The facts of a run and the words for them, the same in all reports. */
final class Summary {

  /** The worst first. */
  private static final List<Status> SEVERITY =
      List.of(
          Status.FAIL,
          Status.ERROR,
          Status.AWAY,
          Status.SLOW,
          Status.WARN,
          Status.KNOWN,
          Status.SKIP,
          Status.NOT_OFFERED,
          Status.PASS);

  private static final Set<Status> FINDINGS =
      EnumSet.complementOf(EnumSet.of(Status.PASS, Status.SKIP, Status.NOT_OFFERED));

  private static final Set<Status> VIOLATIONS = EnumSet.of(Status.FAIL, Status.WARN, Status.KNOWN);

  private static final List<Status> TALLIED =
      List.of(
          Status.PASS,
          Status.FAIL,
          Status.SKIP,
          Status.NOT_OFFERED,
          Status.WARN,
          Status.KNOWN,
          Status.AWAY,
          Status.SLOW,
          Status.ERROR);

  private static final Set<Status> ALWAYS_TALLIED =
      EnumSet.of(Status.PASS, Status.FAIL, Status.SKIP);

  private static final Set<Status> SKIPS = EnumSet.of(Status.SKIP, Status.NOT_OFFERED);

  private final ConformanceResult result;
  private final Map<String, List<Outcome>> byRule = new HashMap<>();

  Summary(ConformanceResult result) {
    this.result = result;
    for (Outcome outcome : result.outcomes()) {
      for (Rule rule : outcome.rules()) {
        byRule.computeIfAbsent(rule.id(), id -> new ArrayList<>()).add(outcome);
      }
    }
  }

  /** Number of checks with a status. */
  record Tally(Status status, long count) {
    /** Returns the class of the status for style sheets. */
    String kind() {
      return StatusText.id(status);
    }

    /** Returns the words after the number. */
    String label() {
      return StatusText.after(count, status);
    }

    String text() {
      return count + " " + label();
    }
  }

  /** A named text of the evidence. */
  record Part(String name, String text) {}

  /** A violated rule with the checks that found it; without a rule, the checks without a result. */
  record RuleFindings(Optional<Rule> rule, List<Outcome> outcomes) {
    /** Returns the status of the worst check. */
    Status status() {
      return outcomes.get(0).status();
    }
  }

  /** Returns the first rule of a check: after a failure, the violated one. */
  static Optional<Rule> rule(Outcome outcome) {
    return outcome.rules().stream().findFirst();
  }

  /** Returns the rule that a check found to be violated; empty without a violation. */
  static Optional<Rule> violatedRule(Outcome outcome) {
    return VIOLATIONS.contains(outcome.status()) ? rule(outcome) : Optional.empty();
  }

  /** Returns the evidence of a failed check, except the commands that reproduce it. */
  static List<Part> parts(Evidence evidence) {
    List<Part> parts = new ArrayList<>();
    Difference.of(evidence)
        .ifPresent(
            difference -> {
              difference.text().ifPresent(text -> parts.add(new Part("Difference", text)));
              difference.expected().ifPresent(text -> parts.add(new Part("Expected", text)));
              difference.actual().ifPresent(text -> parts.add(new Part("Actual", text)));
            });
    evidence.pointer().ifPresent(text -> parts.add(new Part("JSON pointer", text)));
    parts.add(new Part("Request", evidence.request()));
    evidence.response().ifPresent(text -> parts.add(new Part("Response", text)));
    return parts;
  }

  /** Returns the result of the run in one sentence. */
  String headline() {
    return new Headline(result, this).text();
  }

  /** Returns the number of rules that failed. */
  long failedRules() {
    return rules(Status.FAIL);
  }

  /**
   * Returns sentences about the run as a whole that a reader needs before the findings, such as
   * that it is partial. Each report shows them below its headline.
   */
  List<String> notices() {
    List<String> notices = new ArrayList<>();
    result.interruption().ifPresent(notices::add);
    notices.addAll(result.notes());
    if (result.covered().isEmpty() && result.count(Status.FAIL) > 0) {
      notices.add(
          "No operation responded with 200. Is "
              + result.baseUrl()
              + " the complete base URL of a service of version 1? It usually ends in /v1."
              + " Redirects are not followed.");
    }
    return notices;
  }

  /** Returns the number of rules with a check of one of the statuses. */
  long rules(Status... statuses) {
    return result.outcomes().stream()
        .filter(outcome -> List.of(statuses).contains(outcome.status()))
        .map(outcome -> rule(outcome).map(Rule::id).orElse(outcome.title()))
        .distinct()
        .count();
  }

  /** Returns the numbers of checks by status. */
  List<Tally> tallies() {
    return tallies(result.outcomes());
  }

  static List<Tally> tallies(List<Outcome> outcomes) {
    return TALLIED.stream()
        .map(status -> new Tally(status, count(outcomes, status)))
        .filter(tally -> tally.count() > 0 || ALWAYS_TALLIED.contains(tally.status()))
        .toList();
  }

  private static long count(List<Outcome> outcomes, Status status) {
    return outcomes.stream().filter(outcome -> outcome.status() == status).count();
  }

  String counts() {
    return tallies().stream().map(Tally::text).collect(Collectors.joining(", "));
  }

  /** Returns the coverage of operations, status codes and rules. */
  List<Coverage> coverage() {
    return Coverage.of(result);
  }

  String coverageText() {
    return coverage().stream().map(Coverage::text).collect(Collectors.joining("; "));
  }

  /** Returns the version of the contract that the service was checked against. */
  static String contract() {
    return "version " + IdcOpenApi.version() + ", SHA-256 " + IdcOpenApi.sha256();
  }

  String effort() {
    return String.format(
        Locale.ROOT,
        "%d %s in %.1f s, seed %d",
        result.requests(),
        result.requests() == 1 ? "request" : "requests",
        result.duration().toMillis() / 1000.0,
        result.seed());
  }

  /** Returns the outcomes to investigate, the worst first. */
  List<Outcome> findings() {
    return result.outcomes().stream()
        .filter(Summary::isFinding)
        .sorted(comparing(Summary::severity))
        .toList();
  }

  /** Returns the findings by violated rule, the worst first, and last those without a rule. */
  List<RuleFindings> findingsByRule() {
    Map<Optional<Rule>, List<Outcome>> violated =
        findings().stream()
            .collect(
                Collectors.groupingBy(
                    Summary::violatedRule, LinkedHashMap::new, Collectors.toList()));
    return violated.entrySet().stream()
        .map(group -> new RuleFindings(group.getKey(), group.getValue()))
        .sorted(comparing(group -> group.rule().isEmpty()))
        .toList();
  }

  static boolean isFinding(Outcome outcome) {
    return FINDINGS.contains(outcome.status());
  }

  private static int severity(Outcome outcome) {
    return SEVERITY.indexOf(outcome.status());
  }

  /** Returns the checks that passed and observed a choice of the service. */
  List<Outcome> choices() {
    return result.outcomes().stream()
        .filter(outcome -> outcome.status() == Status.PASS && !outcome.message().isEmpty())
        .toList();
  }

  /** Returns the checks that were skipped, by reason. */
  Map<String, List<Outcome>> skips() {
    return result.outcomes().stream()
        .filter(outcome -> SKIPS.contains(outcome.status()))
        .collect(Collectors.groupingBy(Outcome::message, LinkedHashMap::new, Collectors.toList()));
  }

  /** Returns the worst outcome of the checks of a rule. */
  Optional<Outcome> worst(Rule rule) {
    return worst(rule, outcome -> true);
  }

  /**
   * Returns the worst outcome of the checks of a rule that called an operation; a finding only if
   * it is about a response of this operation.
   */
  Optional<Outcome> worst(Rule rule, String operation) {
    return worst(
        rule,
        outcome ->
            outcome
                .evidence()
                .flatMap(Evidence::operation)
                .map(operation::equals)
                .orElseGet(() -> outcome.operations().contains(operation)));
  }

  private Optional<Outcome> worst(Rule rule, Predicate<Outcome> of) {
    return byRule.getOrDefault(rule.id(), List.of()).stream()
        .filter(of)
        .min(comparing(Summary::severity).thenComparing(outcome -> isOfAnother(rule, outcome)));
  }

  /** Returns whether a check failed at another of its rules before it could verify this one. */
  static boolean isOfAnother(Rule rule, Outcome outcome) {
    return isFinding(outcome) && !outcome.rules().get(0).equals(rule);
  }
}
