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
 * @param baseUrl base URL of the service
 * @param outcomes the outcomes of the checks, in the order of the checks
 * @param end why the run ended before its checks; empty if the run performed checks
 * @param interruption a sentence for readers of a partial report; empty unless the run was
 *     interrupted
 * @param problems entries of the list of known failures that are out of date, and capabilities that
 *     are declared absent but present
 * @param minRules percentage of the applicable rules that the run must verify
 * @param duration duration of the run
 * @param requests number of requests sent
 * @param seed seed of the random choices
 * @param covered identifiers of the operations that returned a valid 200 response
 * @param operations identifiers of all operations in the spec
 * @param coveredStatuses pairs of an operation and a documented status code that it returned, such
 *     as {@code "getAbout 200"}
 * @param statuses all pairs of an operation and a status code that the spec documents for it
 * @param notes sentences that readers of the result need, for example that certificates were not
 *     verified
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

  /**
   * Why a run ended before its checks.
   *
   * @param message explanation, such as the message of a retired service
   */
  public record End(Reason reason, String message) {}

  /** The reasons for a run to end before its checks. */
  public enum Reason {
    RETIRED,
    UNREACHABLE
  }

  /** Returns the number of checks with a status. */
  public long count(Status status) {
    return outcomes.stream().filter(outcome -> outcome.status() == status).count();
  }

  /**
   * Returns the identifiers of the rules that the run verified. These are all rules of each check
   * that passed, and the violated rule of each check that found a violation. The rules that apply
   * to every response count as verified if the service returned a valid response.
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
   * Returns the exit code of the command:
   *
   * <ul>
   *   <li>0 if every MUST and QUIRK rule passes or is a known failure
   *   <li>1 if a MUST or QUIRK rule fails, if the list of known failures is out of date, or if an
   *       operation or column that is declared absent is present
   *   <li>3 if the suite itself failed, the run was interrupted, or the run verified too few rules
   *   <li>4 if the service is retired
   *   <li>5 if the service cannot be reached, stopped responding, or did not respond in time
   * </ul>
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

  /**
   * Returns whether no check was performed, because no check was selected or all checks were
   * skipped.
   */
  public boolean verifiedNothing() {
    return outcomes.stream().noneMatch(ConformanceResult::isPerformed);
  }

  /**
   * Returns whether the run verified fewer of the applicable rules than {@link #minRules()}
   * requires.
   */
  public boolean verifiedTooLittle() {
    Set<String> applicable = applicableRules();
    long verified = verifiedRules().stream().filter(applicable::contains).count();
    return verified * 100 < (long) minRules * applicable.size();
  }

  private static boolean isPerformed(Outcome outcome) {
    return outcome.status() != Status.SKIP && outcome.status() != Status.NOT_OFFERED;
  }

  /**
   * Returns the rules of all checks that were performed, or that were only skipped because of a
   * limit.
   */
  private Set<String> applicableRules() {
    return outcomes.stream()
        .filter(outcome -> isPerformed(outcome) || outcome.limited())
        .flatMap(outcome -> outcome.rules().stream())
        .map(Rule::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
