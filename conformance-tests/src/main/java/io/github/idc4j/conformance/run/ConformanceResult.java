package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The result of a run.
 *
 * @param end why the run ended without checks; empty if it performed checks
 * @param interruption what a reader must know of a run that was interrupted and is incomplete;
 *     empty for a complete run
 * @param problems what is wrong with the list of known failures
 * @param minRules percentage of the applicable rules that a run must verify
 * @param requests number of requests sent
 * @param seed seed of the random choices
 * @param covered operations that responded with 200
 * @param operations all operations of the spec
 * @param coveredStatuses operations with the documented status codes seen, such as {@code "getAbout
 *     200"}
 * @param statuses all operations of the spec with all status codes that it documents
 * @param notes what a reader must know about the run, such as that certificates were not verified
 */
public record ConformanceResult(
    URI baseUrl,
    List<Outcome> outcomes,
    Optional<End> end,
    Optional<String> interruption,
    List<String> problems,
    int minRules,
    Duration duration,
    int requests,
    long seed,
    Set<String> covered,
    Set<String> operations,
    Set<String> coveredStatuses,
    Set<String> statuses,
    List<String> notes) {

  /** Why a run ended before its checks. */
  public record End(Reason reason, String message) {}

  /** The reasons. */
  public enum Reason {
    RETIRED,
    UNREACHABLE
  }

  /** Returns the number of checks with a status. */
  public long count(Status status) {
    return outcomes.stream().filter(outcome -> outcome.status() == status).count();
  }

  /**
   * Returns the rules that were verified: all of a check that passed, the violated one of a check
   * that failed, and the rules of every response if an operation responded.
   */
  public Set<String> verifiedRules() {
    Stream<Rule> ofChecks = outcomes.stream().flatMap(ConformanceResult::verified);
    Stream<Rule> ofResponses =
        coveredStatuses.isEmpty()
            ? Stream.empty()
            : Rules.all().stream().filter(Rule::isOfEveryResponse);
    return Stream.concat(ofChecks, ofResponses)
        .map(Rule::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<Rule> verified(Outcome outcome) {
    return switch (outcome.status()) {
      case PASS -> outcome.rules().stream();
      case FAIL, WARN, KNOWN -> outcome.rules().stream().limit(1);
      case SKIP, NOT_OFFERED, AWAY, SLOW, ERROR -> Stream.empty();
    };
  }

  /**
   * Returns the exit code of the command: 0 if every MUST rule passes or is a known failure; 1 if
   * one fails, or the list of known failures is out of date; 3 if the suite itself failed, was
   * interrupted or verified too little; 4 if the service is retired; 5 if it cannot be reached,
   * stopped responding or did not respond in time.
   */
  public int exitCode() {
    if (end.isPresent()) {
      return end.get().reason() == Reason.RETIRED ? 4 : 5;
    }
    if (count(Status.FAIL) > 0 || !problems.isEmpty()) {
      return 1;
    }
    if (count(Status.AWAY) + count(Status.SLOW) > 0) {
      return 5;
    }
    return interruption.isPresent()
            || count(Status.ERROR) > 0
            || verifiedNothing()
            || verifiedTooLittle()
        ? 3
        : 0;
  }

  /** Returns whether no check was performed: there was none, or all were skipped. */
  public boolean verifiedNothing() {
    return outcomes.stream().noneMatch(ConformanceResult::isPerformed);
  }

  /** Returns whether so few of the applicable rules were verified that the result means little. */
  public boolean verifiedTooLittle() {
    Set<String> applicable = applicableRules();
    long verified = verifiedRules().stream().filter(applicable::contains).count();
    return verified * 100 < (long) minRules * applicable.size();
  }

  private static boolean isPerformed(Outcome outcome) {
    return outcome.status() != Status.SKIP && outcome.status() != Status.NOT_OFFERED;
  }

  /** Returns the rules of all checks that were performed, or would have been without a limit. */
  private Set<String> applicableRules() {
    return outcomes.stream()
        .filter(outcome -> isPerformed(outcome) || outcome.limited())
        .flatMap(outcome -> outcome.rules().stream())
        .map(Rule::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
