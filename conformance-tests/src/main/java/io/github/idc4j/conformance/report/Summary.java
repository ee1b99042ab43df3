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

/** Facts about a run and texts for them, which all reports use. */
final class Summary {

  /** The statuses from worst to best. */
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

  /** The number of checks with a status. */
  record Tally(Status status, long count) {
    /** Returns the CSS class for the status. */
    String kind() {
      return StatusText.id(status);
    }

    /** Returns the text that follows the number. */
    String label() {
      return StatusText.after(count, status);
    }

    String text() {
      return count + " " + label();
    }
  }

  /** A part of the evidence, with its name. */
  record Part(String name, String text) {}

  /**
   * A violated rule, and the checks that found a violation.
   *
   * @param rule the violated rule; empty for findings without a violated rule, such as the findings
   *     of checks that got no response
   * @param outcomes outcomes of the checks, the worst first
   */
  record RuleFindings(Optional<Rule> rule, List<Outcome> outcomes) {
    /** Returns the worst status of the checks. */
    Status status() {
      return outcomes.get(0).status();
    }
  }

  /** Returns the first rule of a check: the violated rule if the check found a violation. */
  static Optional<Rule> rule(Outcome outcome) {
    return outcome.rules().stream().findFirst();
  }

  /** Returns the rule that a check found to be violated; empty if it found no violation. */
  static Optional<Rule> violatedRule(Outcome outcome) {
    return VIOLATIONS.contains(outcome.status()) ? rule(outcome) : Optional.empty();
  }

  /** Returns the parts of the evidence of a finding, except the curl commands. */
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
   * Returns sentences that a reader needs before the findings, for example that the run is partial.
   * Each report shows the sentences below its headline.
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

  /**
   * Returns the number of rules that have a check with one of the statuses. Only the first rule of
   * each check counts.
   */
  long rules(Status... statuses) {
    return result.outcomes().stream()
        .filter(outcome -> List.of(statuses).contains(outcome.status()))
        .map(outcome -> rule(outcome).map(Rule::id).orElse(outcome.title()))
        .distinct()
        .count();
  }

  /** Returns the number of checks for each status. */
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

  /** Returns the version and the checksum of the contract that the suite checks. */
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

  /** Returns the outcomes that need investigation, the worst first. */
  List<Outcome> findings() {
    return result.outcomes().stream()
        .filter(Summary::isFinding)
        .sorted(comparing(Summary::severity))
        .toList();
  }

  /**
   * Returns the findings grouped by violated rule, the worst first. Findings without a violated
   * rule come last.
   */
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

  /**
   * Returns the checks that passed and observed which of several allowed behaviors the service has.
   */
  List<Outcome> choices() {
    return result.outcomes().stream()
        .filter(outcome -> outcome.status() == Status.PASS && !outcome.message().isEmpty())
        .toList();
  }

  /** Returns the skipped checks, grouped by reason. */
  Map<String, List<Outcome>> skips() {
    return result.outcomes().stream()
        .filter(outcome -> SKIPS.contains(outcome.status()))
        .collect(Collectors.groupingBy(Outcome::message, LinkedHashMap::new, Collectors.toList()));
  }

  /** Returns the worst outcome of all checks that verify a rule. */
  Optional<Outcome> worst(Rule rule) {
    return worst(rule, outcome -> true);
  }

  /**
   * Returns the worst outcome of the checks that verify a rule and called an operation. A finding
   * counts only for the operation whose response it is about.
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

  /**
   * Returns whether a check failed because of another of its rules, before it could verify this
   * rule.
   */
  static boolean isOfAnother(Rule rule, Outcome outcome) {
    return isFinding(outcome) && !outcome.rules().get(0).equals(rule);
  }
}
