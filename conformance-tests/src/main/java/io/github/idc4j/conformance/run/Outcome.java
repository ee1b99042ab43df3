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
 * @param area name of the group of the check
 * @param title what the check verifies
 * @param rules the rules of the check; after a failure, the violated rule is the first
 * @param message of a failure or error, what was expected and what was seen; of a skip, the reason;
 *     of a pass, what was observed where the rule leaves a choice, otherwise empty
 * @param limited whether a limit of the run, or an earlier failure, is the reason of a skip
 * @param operations identifiers of the operations that the check called
 * @param evidence of a failure or error, the last request and its response
 * @param duration of all attempts
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

  /** Returns the outcome of a check that was not performed. */
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

  /** Returns the outcome that stands for the checks after a failure of the suite itself. */
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

  /** Returns the same outcome with another status and message. */
  Outcome as(Status newStatus, String newMessage) {
    return new Outcome(
        id, area, title, rules, newStatus, newMessage, limited, operations, evidence, duration);
  }

  /** Returns a shell command that sends the last request again; empty without a failure. */
  public Optional<String> curl() {
    return evidence.map(Evidence::curl);
  }
}
