package io.github.idc4j.conformance.internal.http;

import java.io.IOException;

/**
 * Thrown if a request that must not be retried gets no response, or a 502, 503 or 504 response. The
 * request may have changed data, so the check must start again.
 */
public final class RestartRequired extends IOException {

  private static final long serialVersionUID = 1L;

  RestartRequired(String message, IOException cause) {
    super(message, cause);
  }
}
