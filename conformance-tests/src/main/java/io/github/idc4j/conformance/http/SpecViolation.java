package io.github.idc4j.conformance.http;

/** An answer that the spec does not allow. */
public final class SpecViolation extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final String rule;

  SpecViolation(String rule, String message) {
    super(message);
    this.rule = rule;
  }

  /** Returns the identifier of the broken rule. */
  public String rule() {
    return rule;
  }
}
