package io.github.idc4j.service.auth;

import java.io.IOException;

/** Thrown if a key file cannot be used. The message states why, and what to do about it. */
public final class KeyFileException extends IOException {

  private static final long serialVersionUID = 1L;

  KeyFileException(String message, Exception cause) {
    super(message, cause);
  }
}
