package io.github.idc4j.conformance.internal.http;

import java.util.function.Supplier;

/** Ends a check that cannot verify its rules; the message is the reason. */
public final class Skipped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean byLimit;

  private Skipped(String reason, boolean byLimit) {
    super(reason, null, false, false);
    this.byLimit = byLimit;
  }

  /** Returns the exception to throw if a limit of the run is reached. */
  static Skipped byLimit(String reason) {
    return new Skipped(reason, true);
  }

  /** Returns whether a limit of the run is the reason, so that the check could verify its rules. */
  public boolean isByLimit() {
    return byLimit;
  }

  /** Returns the exception to throw. */
  public static Skipped because(String reason) {
    return new Skipped(reason, false);
  }

  /** Skips the check if a condition is not met. */
  public static void unless(boolean condition, String reason) {
    unless(condition, () -> reason);
  }

  /** Skips the check if a condition is not met. */
  public static void unless(boolean condition, Supplier<String> reason) {
    if (!condition) {
      throw because(reason.get());
    }
  }
}
