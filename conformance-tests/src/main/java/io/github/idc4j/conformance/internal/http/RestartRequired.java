package io.github.idc4j.conformance.internal.http;

import java.io.IOException;

/**
 * A request that must not be retried has no response. It may have changed the service, so the check
 * must start again.
 */
public final class RestartRequired extends IOException {

  private static final long serialVersionUID = 1L;

  RestartRequired(String message, IOException cause) {
    super(message, cause);
  }
}
