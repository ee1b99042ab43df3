package io.github.idc4j.conformance.rule;

/** How binding a rule is. */
public enum Level {
  MUST,
  SHOULD,
  MAY,
  /** Odd, but the deployed service was so: either way is accepted, and which is reported. */
  QUIRK;

  /** Returns whether a service may break the rule: of a quirk both ways are right, but no third. */
  public boolean isAdvice() {
    return this == SHOULD || this == MAY;
  }
}
