package io.github.idc4j.conformance.rule;

/** How binding a rule is. */
public enum Level {
  MUST,
  SHOULD,
  MAY,
  /**
   * The rule describes a deviation of the deployed service. Both the deployed behavior and the
   * expected behavior pass, and the report shows which of them was observed. Any other behavior is
   * a failure.
   */
  QUIRK;

  /**
   * Returns whether a violation is only a warning. This is so for {@link #SHOULD} and {@link #MAY}.
   */
  public boolean isAdvice() {
    return this == SHOULD || this == MAY;
  }
}
