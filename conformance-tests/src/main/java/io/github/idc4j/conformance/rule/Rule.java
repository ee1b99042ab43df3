package io.github.idc4j.conformance.rule;

import java.util.Objects;

/**
 * A rule. What the catalogue does not say of it is an empty text.
 *
 * @param id identifier; never changes
 * @param text one sentence
 * @param source where it comes from: {@link Statement}s of the contract and the user guide, places
 *     of the spec
 * @param sends what its check sends and compares; empty without a check
 * @param skipped when its check is skipped; empty without a check
 * @param look what to look at in the service if the rule is broken; empty without a check
 * @param unchecked why no check can judge it; empty where one does
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

  /** Replaces null by an empty text. */
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

  /**
   * Returns whether every response of an operation is validated by it, without a check of its own.
   */
  public boolean isOfEveryResponse() {
    return area().equals("spec");
  }

  /** Returns whether it is about a service that is retired, of which no check is made. */
  public boolean isOfRetired() {
    return area().equals("retired");
  }
}
