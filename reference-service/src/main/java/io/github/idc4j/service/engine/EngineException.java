package io.github.idc4j.service.engine;

import java.io.IOException;

/**
 * Thrown if an engine cannot be opened. The message states why, and what the operator of the
 * service can do about it.
 */
public final class EngineException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param cause the cause; null if the cause is unknown
   */
  public EngineException(String message, Exception cause) {
    super(message, cause);
  }
}
