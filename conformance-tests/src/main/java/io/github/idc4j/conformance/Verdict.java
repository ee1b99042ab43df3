package io.github.idc4j.conformance;

import io.github.idc4j.conformance.http.Evidence;
import io.github.idc4j.conformance.rule.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The outcome of one check.
 *
 * @param area name of the area
 * @param title what was checked
 * @param rules the rules it was about; of a failure the broken one comes first
 * @param message of a failure or error, what was expected and seen; of a skip, the reason; of a
 *     pass, what was seen where the rule leaves a choice
 * @param operations identifiers of the operations that were called
 * @param evidence of a failure or error, the last request and its answer
 */
public record Verdict(
    String area,
    String title,
    List<Rule> rules,
    Status status,
    String message,
    Set<String> operations,
    Optional<Evidence> evidence,
    Duration duration) {

  /** Returns the same with another status and message. */
  Verdict as(Status newStatus, String newMessage) {
    return new Verdict(area, title, rules, newStatus, newMessage, operations, evidence, duration);
  }

  /** Returns a shell command that sends the last request again, if there was a failure. */
  public Optional<String> curl() {
    return evidence.map(Evidence::curl);
  }

  /** What can become of a check. */
  public enum Status {
    /** The rules hold. */
    PASS,
    /** A rule does not hold. */
    FAIL,
    /** A rule that only should or may hold does not. */
    WARN,
    /** A rule does not hold, which is known and does not count. */
    KNOWN,
    /** It could not be asked; the message says why. */
    SKIP,
    /** The service stopped answering. */
    AWAY,
    /** The service did not answer in time. */
    SLOW,
    /** The suite itself failed. */
    ERROR
  }
}
