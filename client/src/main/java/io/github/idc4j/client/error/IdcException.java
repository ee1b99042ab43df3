package io.github.idc4j.client.error;

import org.jspecify.annotations.Nullable;

/** What every failure of the client is. No message holds a bearer token. */
public abstract class IdcException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  IdcException(String message) {
    super(message);
  }

  IdcException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
