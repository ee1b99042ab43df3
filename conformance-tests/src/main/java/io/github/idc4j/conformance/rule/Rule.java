package io.github.idc4j.conformance.rule;

import java.util.Objects;

/**
 * A rule for the service. A text that the catalogue of rules lacks is an empty string.
 *
 * @param id identifier, which never changes
 * @param level how binding the rule is
 * @param text the rule in one sentence
 * @param source the {@link Statement}s of the contract or user guide, or the places in the spec,
 *     that require the rule
 * @param sends what the check of the rule sends and compares; empty if no check verifies the rule
 * @param skipped when the check of the rule is skipped; empty if no check verifies the rule
 * @param look where to look for the cause of a violation; empty if no check verifies the rule
 * @param unchecked why no check can verify the rule; empty if a check verifies the rule
 */
public record Rule(
    String id,
    Level level,
    String text,
    String source,
    String sends,
    String skipped,
    String look,
    String unchecked) {

  /** Replaces null with an empty string in the optional texts. */
  public Rule {
    sends = Objects.requireNonNullElse(sends, "");
    skipped = Objects.requireNonNullElse(skipped, "");
    look = Objects.requireNonNullElse(look, "");
    unchecked = Objects.requireNonNullElse(unchecked, "");
  }

  /** Returns the area of the rule: the part of the identifier before the dot. */
  public String area() {
    return id.substring(0, id.indexOf('.'));
  }

  /** Returns whether the rule applies to every response. Such a rule needs no check of its own. */
  public boolean isOfEveryResponse() {
    return area().equals("spec");
  }

  /**
   * Returns whether the rule applies only to a retired service. The suite does not check such a
   * service.
   */
  public boolean isOfRetired() {
    return area().equals("retired");
  }
}
