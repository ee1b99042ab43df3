package io.github.idc4j.conformance.internal.http;

import java.util.function.Supplier;

/** Ends a check that cannot verify its rules; the message is the reason. */
public final class Skipped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private Skipped(String reason) {
    super(reason, null, false, false);
  }

  /** Returns the exception to throw. */
  public static Skipped because(String reason) {
    return new Skipped(reason);
  }

  /** Skips the check if a condition is not met. */
  public static void unless(boolean condition, String reason) {
    unless(condition, () -> reason);
  }

  /** Skips the check if a condition is not met. */
  public static void unless(boolean condition, Supplier<String> reason) {
    if (!condition) {
      throw new Skipped(reason.get());
    }
  }
}
