package io.github.idc4j.client.error;

import org.jspecify.annotations.Nullable;

/** There is no ID token to send, or not one that can be sent; no request was made. */
public final class CredentialsException extends IdcException {

  private static final long serialVersionUID = 1L;

  /** Makes the exception. */
  public CredentialsException(String message) {
    super(message);
  }

  /** Makes the exception of a failure. */
  public CredentialsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
