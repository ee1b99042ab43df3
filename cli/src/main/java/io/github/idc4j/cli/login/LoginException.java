package io.github.idc4j.cli.login;

/** A login that failed. The message is for the user, and contains no secret. */
public final class LoginException extends Exception {

  private static final long serialVersionUID = 1L;

  LoginException(String message) {
    super(message);
  }
}
