package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;
import org.jspecify.annotations.Nullable;

/**
 * The {@code credentials} of the client gave no usable ID token, so it sent no request. Your own
 * {@code Credentials} may throw it too.
 */
public final class CredentialsException extends IdcException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what failed, why, and what to do; must not contain a token
   */
  public CredentialsException(String message) {
    this(message, null);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message what failed, why, and what to do; must not contain a token
   * @param cause null if absent
   */
  public CredentialsException(String message, @Nullable Throwable cause) {
    this(new Details("", message, cause, null));
  }

  /**
   * For the client only.
   *
   * @hidden
   */
  @SuppressWarnings("exports")
  public CredentialsException(Details details) {
    super(details);
  }
}
