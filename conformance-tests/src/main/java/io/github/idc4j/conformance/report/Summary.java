package io.github.idc4j.conformance.report;

import static java.util.Comparator.comparing;

import io.github.idc4j.conformance.ConformanceResult;
import io.github.idc4j.conformance.Verdict;
import io.github.idc4j.conformance.Verdict.Status;
import io.github.idc4j.conformance.http.Evidence;
import io.github.idc4j.conformance.rule.Rule;
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
          Status.PASS);

  private static final Set<Status> FINDINGS =
      EnumSet.complementOf(EnumSet.of(Status.PASS, Status.SKIP));

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
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the rule that a failure broke. */
  static Optional<Rule> rule(Verdict verdict) {
    return verdict.rules().stream().findFirst();
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
        .flatMap(expected -> evidence.seen().map(seen -> Difference.of(expected, seen)));
  }

  /** Returns what a failed check met, but the command that sends the request again. */
  static List<Part> parts(Evidence evidence) {
    List<Part> parts = new ArrayList<>();
    difference(evidence)
        .ifPresent(
            difference -> {
              parts.add(new Part("Expected", difference.wholeExpected()));
              parts.add(new Part("Seen", difference.wholeSeen()));
            });
    evidence.pointer().ifPresent(text -> parts.add(new Part("JSON pointer", text)));
    parts.add(new Part("Request", evidence.request()));
    evidence.answer().ifPresent(text -> parts.add(new Part("Answer", text)));
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
      return "The list of known failures is out of date";
    }
    if (result.count(Status.AWAY) + result.count(Status.SLOW) > 0) {
      return "The service left requests unanswered";
    }
    if (result.count(Status.ERROR) > 0) {
      return "The suite itself failed";
    }
    if (result.judgedNothing()) {
      return result.verdicts().isEmpty()
          ? "Nothing was checked: no check is about all that was chosen"
          : "Nothing was checked: every check was skipped";
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
    return result.verdicts().stream()
        .filter(verdict -> List.of(statuses).contains(verdict.status()))
        .map(verdict -> rule(verdict).map(Rule::id).orElse(verdict.title()))
        .distinct()
        .count();
  }

  /** Returns how many checks have each status that is worth a word. */
  List<Tally> tallies() {
    return tallies(result.verdicts());
  }

  static List<Tally> tallies(List<Verdict> verdicts) {
    return Stream.of(
            tally(verdicts, Status.PASS, "passed"),
            tally(verdicts, Status.FAIL, "failed"),
            tally(verdicts, Status.SKIP, "skipped"),
            tally(verdicts, Status.WARN, "that should hold and do not"),
            tally(verdicts, Status.KNOWN, "known to fail"),
            tally(verdicts, Status.AWAY, "without an answer"),
            tally(verdicts, Status.SLOW, "too slow"),
            tally(verdicts, Status.ERROR, "broken by the suite itself"))
        .filter(
            tally ->
                tally.count() > 0
                    || EnumSet.of(Status.PASS, Status.FAIL, Status.SKIP).contains(tally.status()))
        .toList();
  }

  private static Tally tally(List<Verdict> verdicts, Status status, String label) {
    long count = verdicts.stream().filter(verdict -> verdict.status() == status).count();
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

  /** Returns the verdicts that somebody should look into, the worst first. */
  List<Verdict> findings() {
    return result.verdicts().stream()
        .filter(Summary::isFinding)
        .sorted(comparing(Summary::severity))
        .toList();
  }

  static boolean isFinding(Verdict verdict) {
    return FINDINGS.contains(verdict.status());
  }

  private static int severity(Verdict verdict) {
    return SEVERITY.indexOf(verdict.status());
  }

  /** Returns the checks that passed either way, and saw something worth telling. */
  List<Verdict> oddities() {
    return result.verdicts().stream()
        .filter(verdict -> verdict.status() == Status.PASS && !verdict.message().isEmpty())
        .toList();
  }

  /** Returns the checks that were skipped, by reason. */
  Map<String, List<Verdict>> skips() {
    return result.verdicts().stream()
        .filter(verdict -> verdict.status() == Status.SKIP)
        .collect(Collectors.groupingBy(Verdict::message, LinkedHashMap::new, Collectors.toList()));
  }

  /** Returns the worst verdict of the checks of a rule. */
  Optional<Verdict> worst(Rule rule) {
    return worst(rule, verdict -> true);
  }

  /** Returns the worst verdict of the checks of a rule that called an operation. */
  Optional<Verdict> worst(Rule rule, String operation) {
    return worst(rule, verdict -> verdict.operations().contains(operation));
  }

  private Optional<Verdict> worst(Rule rule, Predicate<Verdict> of) {
    return result.verdicts().stream()
        .filter(verdict -> verdict.rules().contains(rule))
        .filter(of)
        .min(comparing(Summary::severity).thenComparing(verdict -> isOfAnother(rule, verdict)));
  }

  /** Returns whether a check failed at another of its rules, so that it tells nothing of this. */
  static boolean isOfAnother(Rule rule, Verdict verdict) {
    return isFinding(verdict) && !verdict.rules().get(0).equals(rule);
  }
}
