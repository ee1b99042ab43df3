package io.github.idc4j.conformance.internal.http;

import java.io.IOException;

/**
 * A request that may not be repeated by itself was not answered: whether it was carried out is
 * unknown, and the check must begin anew.
 */
public final class RestartRequired extends IOException {

  private static final long serialVersionUID = 1L;

  RestartRequired(String message, IOException cause) {
    super(message, cause);
  }
}
