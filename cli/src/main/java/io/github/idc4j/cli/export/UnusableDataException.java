package io.github.idc4j.cli.export;

import io.github.idc4j.client.error.BadRequestException;
import java.util.Optional;

/** The data of the service cannot be exported in the chosen way. The message is for the user. */
public final class UnusableDataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusableDataException(String message) {
    super(message);
  }

  /** Creates an exception for a request that the service refused. */
  UnusableDataException(String message, BadRequestException refused) {
    super(message, refused);
  }

  /** Returns the response of a service that refused the request. */
  public Optional<BadRequestException> refused() {
    return Optional.ofNullable((BadRequestException) getCause());
  }
}
