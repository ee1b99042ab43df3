package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.check.Check;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The outcome of one check.
 *
 * @param id identifier of the check, such as {@code paging/walk[manifest]}
 * @param area name of the group of checks, such as {@code paging}
 * @param title what the check verifies
 * @param rules the rules that the check verifies; if the check found a violation, the violated rule
 *     is the first
 * @param status status of the check
 * @param message explanation, which depends on the status. For a violation or error, the message
 *     contains what was expected and what was observed. For a skipped check, it contains the
 *     reason. For a check that passed, it contains the observed behavior if the rule allows several
 *     behaviors; otherwise, it is empty.
 * @param limited whether the check was skipped because of a limit, an interruption or an earlier
 *     failure
 * @param operations identifiers of the operations that the check called
 * @param evidence the last request and its response, for a check with a finding; otherwise empty
 * @param duration total duration of all attempts
 */
public record Outcome(
    String id,
    String area,
    String title,
    List<Rule> rules,
    Status status,
    String message,
    boolean limited,
    Set<String> operations,
    Optional<Evidence> evidence,
    Duration duration) {

  /** Returns the outcome of a check that was not performed because an earlier check failed. */
  static Outcome skipped(Check check, String reason) {
    return new Outcome(
        check.id(),
        check.area(),
        check.title(),
        check.rules().stream().map(Rules::of).toList(),
        Status.SKIP,
        reason,
        true,
        Set.of(),
        Optional.empty(),
        Duration.ZERO);
  }

  /** Returns an outcome for a run that ended early because the suite itself failed. */
  static Outcome aborted(Throwable error) {
    return new Outcome(
        "suite/completed",
        "suite",
        "All checks were performed",
        List.of(),
        Status.ERROR,
        error.toString(),
        false,
        Set.of(),
        Optional.empty(),
        Duration.ZERO);
  }

  boolean isFailure() {
    return status == Status.FAIL;
  }

  /** Returns a copy of the outcome with another status and message. */
  Outcome as(Status newStatus, String newMessage) {
    return new Outcome(
        id, area, title, rules, newStatus, newMessage, limited, operations, evidence, duration);
  }

  /**
   * Returns shell commands that send the last request again. Returns empty if the outcome has no
   * evidence.
   */
  public Optional<String> curl() {
    return evidence.map(Evidence::curl);
  }
}
