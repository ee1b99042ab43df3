package io.github.idc4j.conformance;

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
 * The outcome of a run.
 *
 * @param end why the run ended without checks, if it did: the service is retired or away
 * @param problems what is wrong with the file of known failures
 * @param requests number of requests sent
 * @param seed what the choices of the run came from
 * @param covered operations that answered 200
 * @param operations all operations of the spec
 * @param coveredStatuses operations with the documented statuses that they answered, such as {@code
 *     "getAbout 200"}
 * @param statuses all operations of the spec with all statuses that it documents
 */
public record ConformanceResult(
    URI baseUrl,
    List<Verdict> verdicts,
    Optional<End> end,
    List<String> problems,
    Duration duration,
    int requests,
    long seed,
    Set<String> covered,
    Set<String> operations,
    Set<String> coveredStatuses,
    Set<String> statuses) {

  /** Why a run ended before its checks. */
  public record End(Reason reason, String message) {}

  /** The reasons. */
  public enum Reason {
    RETIRED,
    UNREACHABLE
  }

  /** Returns how many checks have a status. */
  public long count(Verdict.Status status) {
    return verdicts.stream().filter(verdict -> verdict.status() == status).count();
  }

  /**
   * Returns the rules of which something is known: all of a check that passed, the broken one of a
   * check that failed, and the rules of every answer if there was an answer to an operation.
   */
  public Set<String> judgedRules() {
    Stream<Rule> ofChecks = verdicts.stream().flatMap(ConformanceResult::judged);
    Stream<Rule> ofAnswers =
        coveredStatuses.isEmpty()
            ? Stream.empty()
            : Rules.all().stream().filter(Rule::isOfEveryAnswer);
    return Stream.concat(ofChecks, ofAnswers)
        .map(Rule::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<Rule> judged(Verdict verdict) {
    return switch (verdict.status()) {
      case PASS -> verdict.rules().stream();
      case FAIL, WARN, KNOWN -> verdict.rules().stream().limit(1);
      case SKIP, AWAY, SLOW, ERROR -> Stream.empty();
    };
  }

  /**
   * Returns what a command exits with: 0 if all rules hold that must, or are known to fail, 1 if
   * one failed or an entry of the known failures is out of date, 3 if the suite itself failed or
   * judged nothing, 4 if the service is retired, 5 if it can't be reached, went away or did not
   * answer in time.
   */
  public int exitCode() {
    if (end.isPresent()) {
      return end.get().reason() == Reason.RETIRED ? 4 : 5;
    }
    if (count(Verdict.Status.FAIL) > 0 || !problems.isEmpty()) {
      return 1;
    }
    if (count(Verdict.Status.AWAY) + count(Verdict.Status.SLOW) > 0) {
      return 5;
    }
    return count(Verdict.Status.ERROR) > 0 || judgedNothing() ? 3 : 0;
  }

  /** Returns whether no check came to a verdict on the service: there was none, or all skipped. */
  public boolean judgedNothing() {
    return verdicts.stream().allMatch(verdict -> verdict.status() == Verdict.Status.SKIP);
  }
}
