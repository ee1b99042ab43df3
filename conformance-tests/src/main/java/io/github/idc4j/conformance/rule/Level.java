package io.github.idc4j.conformance.rule;

/** How binding a rule is. */
public enum Level {
  MUST,
  SHOULD,
  MAY,
  /**
   * A deviation of the deployed service from the expected behavior: both pass, and the report shows
   * which one was seen.
   */
  QUIRK;

  /** Returns whether a violation is only a warning. A third behavior of a quirk is a failure. */
  public boolean isAdvice() {
    return this == SHOULD || this == MAY;
  }
}
