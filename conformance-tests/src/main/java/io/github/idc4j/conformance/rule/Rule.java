package io.github.idc4j.conformance.rule;

import java.util.Objects;

/**
 * A rule. A property that the catalogue does not have is an empty string.
 *
 * @param id identifier; never changes
 * @param text one sentence
 * @param source {@link Statement}s of the contract and the user guide, and places of the spec, that
 *     require it
 * @param sends what its check sends and compares; empty without a check
 * @param skipped when its check is skipped; empty without a check
 * @param look where to search for the cause of a violation; empty without a check
 * @param unchecked why no check can verify it; empty if a check does
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

  /** Replaces null with an empty string. */
  public Rule {
    sends = Objects.requireNonNullElse(sends, "");
    skipped = Objects.requireNonNullElse(skipped, "");
    look = Objects.requireNonNullElse(look, "");
    unchecked = Objects.requireNonNullElse(unchecked, "");
  }

  /** Returns the part of the identifier before the dot. */
  public String area() {
    return id.substring(0, id.indexOf('.'));
  }

  /** Returns whether the rule applies to every response of an operation, without its own check. */
  public boolean isOfEveryResponse() {
    return area().equals("spec");
  }

  /** Returns whether the rule is about a retired service, which is not checked. */
  public boolean isOfRetired() {
    return area().equals("retired");
  }
}
