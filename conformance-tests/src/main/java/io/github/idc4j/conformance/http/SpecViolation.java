package io.github.idc4j.conformance.http;

import java.util.Optional;

/** An answer that the spec does not allow. */
public final class SpecViolation extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final String rule;
  private final transient Optional<String> pointer;

  SpecViolation(String rule, String message) {
    this(rule, message, Optional.empty());
  }

  SpecViolation(String rule, String message, Optional<String> pointer) {
    super(message);
    this.rule = rule;
    this.pointer = pointer;
  }

  /** Returns the identifier of the broken rule. */
  public String rule() {
    return rule;
  }

  /** Returns the JSON pointer of the place in the body, if it is one. */
  Optional<String> pointer() {
    return pointer;
  }
}
