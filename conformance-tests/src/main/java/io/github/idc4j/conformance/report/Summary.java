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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the reports tell of a run: the same in all, and in the same words. */
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

  private static final Set<Status> SKIPS = EnumSet.of(Status.SKIP, Status.NOT_OFFERED);

  private final ConformanceResult result;

  Summary(ConformanceResult result) {
    this.result = result;
  }

  /** How many checks have a status. */
  record Tally(Status status, long count, String label) {
    String text() {
      return count + " " + label;
    }
  }

  /** A named text of what a failed check met. */
  record Part(String name, String text) {}

  /** Returns a status, or a reason, as the reports write it. */
  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the rule that a failure broke. */
  static Optional<Rule> rule(Outcome outcome) {
    return outcome.rules().stream().findFirst();
  }

  /** Replaces what a terminal would obey and XML 1.0 can't hold. */
  static String printable(String text) {
    return text.replaceAll(
        "[^\\t\\n\\r\\x20-\\x7E\\xA0-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
  }

  /** Returns where the two values that were compared differ, if there are two. */
  static Optional<Difference> difference(Evidence evidence) {
    return evidence
        .expected()
        .flatMap(expected -> evidence.actual().map(seen -> Difference.of(expected, seen)));
  }

  /** Returns what a failed check met, but the command that sends the request again. */
  static List<Part> parts(Evidence evidence) {
    List<Part> parts = new ArrayList<>();
    difference(evidence)
        .ifPresent(
            difference -> {
              parts.add(new Part("Expected", difference.wholeExpected()));
              parts.add(new Part("Actual", difference.wholeActual()));
            });
    evidence.pointer().ifPresent(text -> parts.add(new Part("JSON pointer", text)));
    parts.add(new Part("Request", evidence.request()));
    evidence.response().ifPresent(text -> parts.add(new Part("Response", text)));
    return parts;
  }

  /** Returns the outcome of the run in words. */
  String headline() {
    if (result.end().isPresent()) {
      return switch (result.end().get().reason()) {
        case RETIRED -> "The service is retired";
        case UNREACHABLE -> "The service can't be reached";
      };
    }
    long broken = rules(Status.FAIL);
    if (broken > 0) {
      return broken == 1 ? "1 rule is broken" : broken + " rules are broken";
    }
    if (!result.problems().isEmpty()) {
      return "A list of known failures or absent capabilities is out of date";
    }
    if (result.count(Status.AWAY) + result.count(Status.SLOW) > 0) {
      return "The service left requests unanswered";
    }
    if (result.count(Status.ERROR) > 0) {
      return "The suite itself failed";
    }
    if (result.verifiedNothing()) {
      return result.outcomes().isEmpty()
          ? "Nothing was checked: no check is about all that was chosen"
          : "Nothing was checked: every check was skipped";
    }
    if (result.verifiedTooLittle()) {
      return "Too few of the applicable rules were verified: less than " + result.minRules() + " %";
    }
    boolean all = Coverage.rules(result).missing().isEmpty();
    long odd = rules(Status.WARN, Status.KNOWN);
    return (all ? "All rules hold" : "All rules that were judged hold")
        + (odd == 0
            ? ""
            : ", but for " + odd + " that " + (odd == 1 ? "does" : "do") + " not count");
  }

  /** Returns a doubt whether the address is right, where there was nothing but failures. */
  Optional<String> doubt() {
    return result.covered().isEmpty() && result.count(Status.FAIL) > 0
        ? Optional.of(
            "No operation answered as it should: is "
                + result.baseUrl()
                + " the whole address of a service of version 1, which mostly ends in /v1?"
                + " Redirects are not followed.")
        : Optional.empty();
  }

  private long rules(Status... statuses) {
    return result.outcomes().stream()
        .filter(outcome -> List.of(statuses).contains(outcome.status()))
        .map(outcome -> rule(outcome).map(Rule::id).orElse(outcome.title()))
        .distinct()
        .count();
  }

  /** Returns how many checks have each status that is worth a word. */
  List<Tally> tallies() {
    return tallies(result.outcomes());
  }

  static List<Tally> tallies(List<Outcome> outcomes) {
    return Stream.of(
            tally(outcomes, Status.PASS, "passed"),
            tally(outcomes, Status.FAIL, "failed"),
            tally(outcomes, Status.SKIP, "skipped"),
            tally(outcomes, Status.NOT_OFFERED, "not offered"),
            tally(outcomes, Status.WARN, "that should hold and do not"),
            tally(outcomes, Status.KNOWN, "known to fail"),
            tally(outcomes, Status.AWAY, "without an answer"),
            tally(outcomes, Status.SLOW, "too slow"),
            tally(outcomes, Status.ERROR, "broken by the suite itself"))
        .filter(
            tally ->
                tally.count() > 0
                    || EnumSet.of(Status.PASS, Status.FAIL, Status.SKIP).contains(tally.status()))
        .toList();
  }

  private static Tally tally(List<Outcome> outcomes, Status status, String label) {
    long count = outcomes.stream().filter(outcome -> outcome.status() == status).count();
    return new Tally(status, count, label);
  }

  String counts() {
    return tallies().stream().map(Tally::text).collect(Collectors.joining(", "));
  }

  /** Returns how much of the operations, their statuses and the rules the run reached. */
  List<Coverage> coverage() {
    return Coverage.of(result);
  }

  String coverageText() {
    return coverage().stream().map(Coverage::text).collect(Collectors.joining("; "));
  }

  /** Returns which contract the service was held against. */
  static String contract() {
    return "version " + IdcOpenApi.version() + ", SHA-256 " + IdcOpenApi.sha256();
  }

  String effort() {
    return String.format(
        Locale.ROOT,
        "%d requests in %.1f s, seed %d",
        result.requests(),
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

  static boolean isFinding(Outcome outcome) {
    return FINDINGS.contains(outcome.status());
  }

  private static int severity(Outcome outcome) {
    return SEVERITY.indexOf(outcome.status());
  }

  /** Returns the checks that passed either way, and saw something worth telling. */
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

  /** Returns the worst outcome of the checks of a rule that called an operation. */
  Optional<Outcome> worst(Rule rule, String operation) {
    return worst(rule, outcome -> outcome.operations().contains(operation));
  }

  private Optional<Outcome> worst(Rule rule, Predicate<Outcome> of) {
    return result.outcomes().stream()
        .filter(outcome -> outcome.rules().contains(rule))
        .filter(of)
        .min(comparing(Summary::severity).thenComparing(outcome -> isOfAnother(rule, outcome)));
  }

  /** Returns whether a check failed at another of its rules, so that it tells nothing of this. */
  static boolean isOfAnother(Rule rule, Outcome outcome) {
    return isFinding(outcome) && !outcome.rules().get(0).equals(rule);
  }
}
