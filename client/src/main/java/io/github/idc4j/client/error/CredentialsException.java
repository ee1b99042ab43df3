package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;
import org.jspecify.annotations.Nullable;

/**
 * The client has no usable ID token: its {@code credentials} returned no valid token, or could not
 * renew a token. Your own {@code Credentials} may also throw this exception.
 */
public final class CredentialsException extends IdcException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what failed, why, and what to do next; must not contain a token
   */
  public CredentialsException(String message) {
    this(message, null);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message what failed, why, and what to do next; must not contain a token
   * @param cause null if there is no cause
   */
  public CredentialsException(String message, @Nullable Throwable cause) {
    this(new Details("", message, cause, null));
  }

  /**
   * Creates the exception. Only the client calls this constructor.
   *
   * @hidden
   */
  @SuppressWarnings("exports")
  public CredentialsException(Details details) {
    super(details);
  }
}
