package io.github.idc4j.service.auth;

/** A bearer token that is not good; the message says why, without the token. */
public final class InvalidTokenException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidTokenException(String message) {
    super(message);
  }
}
