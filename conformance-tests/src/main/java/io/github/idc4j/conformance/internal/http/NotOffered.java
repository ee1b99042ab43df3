package io.github.idc4j.conformance.internal.http;

/** Ends a check that needs an operation or column that is declared absent. */
public final class NotOffered extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotOffered(String what) {
    super("needs " + what + ", which the service does not offer", null, false, false);
  }
}
