package io.github.idc4j.service.state;

import java.io.IOException;

/** Thrown if a state cannot be opened. The message states why, and what to do about it. */
public final class StateException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param cause the cause; null if another exception is not the cause
   */
  public StateException(String message, Exception cause) {
    super(message, cause);
  }
}
