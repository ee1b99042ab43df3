package io.github.idc4j.conformance.internal.http;

import java.util.Optional;

/** Thrown if one or more responses violate a rule. */
public final class RuleViolation extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final String rule;
  private final transient Optional<String> pointer;

  /**
   * Creates a violation.
   *
   * @param rule identifier of the violated rule
   */
  public RuleViolation(String rule, String message) {
    this(rule, message, Optional.empty(), null);
  }

  /**
   * Creates a violation from a failed assertion.
   *
   * @param rule identifier of the violated rule
   */
  public RuleViolation(String rule, AssertionError failure) {
    this(rule, failure.getMessage(), Optional.empty(), failure);
  }

  /**
   * Creates a violation.
   *
   * @param pointer JSON pointer to the violation in the response body; empty if the violation
   *     concerns no particular part of the body
   */
  RuleViolation(String rule, String message, Optional<String> pointer) {
    this(rule, message, pointer, null);
  }

  private RuleViolation(
      String rule, String message, Optional<String> pointer, AssertionError failure) {
    super(message, failure);
    this.rule = rule;
    this.pointer = pointer;
  }

  /** Returns the identifier of the violated rule. */
  public String rule() {
    return rule;
  }

  /**
   * Returns the JSON pointer to the violation in the response body. Returns empty if the violation
   * concerns no particular part of the body.
   */
  public Optional<String> pointer() {
    return pointer;
  }
}
