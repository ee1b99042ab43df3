package io.github.idc4j.service.auth;

/**
 * Thrown if an ID token cannot be verified, because the keys of its issuer cannot be fetched. The
 * message names the issuer, and does not contain the token.
 */
public final class IssuerUnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  IssuerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
