package io.github.idc4j.conformance.rule;

/** How binding a rule is. */
public enum Level {
  MUST,
  SHOULD,
  MAY,
  /** Odd, but the deployed service was so: either way is accepted, and which is reported. */
  QUIRK
}
