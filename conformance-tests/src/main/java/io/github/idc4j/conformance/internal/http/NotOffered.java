package io.github.idc4j.conformance.internal.http;

/** Thrown to end a check that needs an operation or column which is declared absent. */
public final class NotOffered extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotOffered(String what) {
    super("needs " + what + ", which the service does not offer", null, false, false);
  }
}
