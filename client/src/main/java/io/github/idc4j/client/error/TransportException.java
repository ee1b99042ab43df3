package io.github.idc4j.client.error;

import org.jspecify.annotations.Nullable;

/**
 * A request could not be sent, or its answer not be read: no connection, a time-out, an interrupt.
 */
public final class TransportException extends IdcException {

  private static final long serialVersionUID = 1L;

  /** Makes the exception. */
  public TransportException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
