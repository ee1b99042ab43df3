package io.github.idc4j.conformance.rule;

/** How binding a rule is. */
public enum Level {
  MUST,
  SHOULD,
  MAY
}
