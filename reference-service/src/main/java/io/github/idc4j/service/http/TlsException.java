package io.github.idc4j.service.http;

import java.io.IOException;

/** Thrown if a TLS key cannot be used. The message states why, and what to do about it. */
public final class TlsException extends IOException {

  private static final long serialVersionUID = 1L;

  TlsException(String message, Exception cause) {
    super(message, cause);
  }
}
