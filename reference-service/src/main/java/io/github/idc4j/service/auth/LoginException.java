package io.github.idc4j.service.auth;

/** Thrown if a request of a browser login is invalid, with an error code of OAuth 2.0. */
public final class LoginException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String error;

  /** Creates an exception with an error code such as {@code invalid_request}. */
  public LoginException(String error, String message) {
    super(message);
    this.error = error;
  }

  /** Returns the error code of OAuth 2.0. */
  public String error() {
    return error;
  }
}
