package io.github.idc4j.cli;

/** A problem that the user can fix. The command prints the message without a stack trace. */
final class UserException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  UserException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
