package io.github.idc4j.service.auth;

/** Thrown if an ID token is invalid. The message states why, and does not contain the token. */
public final class InvalidTokenException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidTokenException(String message) {
    super(message);
  }
}
