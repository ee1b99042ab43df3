package io.github.idc4j.conformance;

import io.github.idc4j.conformance.rule.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of one check.
 *
 * @param area name of the area
 * @param title what was checked
 * @param rules the rules it was about; of a failure the broken one comes first
 * @param message of a failure or error, what was expected and seen; of a skip, the reason
 * @param curl of a failure or error, a command that sends the last request again
 */
public record Verdict(
    String area,
    String title,
    List<Rule> rules,
    Status status,
    String message,
    Optional<String> curl,
    Duration duration) {

  /** Returns the same with another status and message. */
  Verdict as(Status newStatus, String newMessage) {
    return new Verdict(area, title, rules, newStatus, newMessage, curl, duration);
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
    /** The suite itself failed. */
    ERROR
  }
}
