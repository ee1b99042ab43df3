package io.github.idc4j.conformance.internal.http;

import java.util.function.Supplier;

/** Thrown to end a check that cannot verify its rules. The message is the reason. */
public final class Skipped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean byLimit;

  private Skipped(String reason, boolean byLimit) {
    super(reason, null, false, false);
    this.byLimit = byLimit;
  }

  /** Returns an exception for a check that cannot continue because of a limit of the run. */
  static Skipped byLimit(String reason) {
    return new Skipped(reason, true);
  }

  /**
   * Returns whether the check was skipped because the run reached a limit or was interrupted. A
   * complete run could have verified the rules of the check.
   */
  public boolean isByLimit() {
    return byLimit;
  }

  /** Returns an exception with a reason. */
  public static Skipped because(String reason) {
    return new Skipped(reason, false);
  }

  /** Skips the check unless a condition is met. */
  public static void unless(boolean condition, String reason) {
    unless(condition, () -> reason);
  }

  /** Skips the check unless a condition is met. */
  public static void unless(boolean condition, Supplier<String> reason) {
    if (!condition) {
      throw because(reason.get());
    }
  }
}
