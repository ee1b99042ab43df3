package io.github.idc4j.service.bucket;

import java.io.IOException;

/** Thrown if instances cannot be listed. The message explains the problem and how to solve it. */
public final class ListingException extends IOException {

  private static final long serialVersionUID = 1L;

  ListingException(String message) {
    super(message);
  }

  ListingException(String message, Throwable cause) {
    super(message, cause);
  }
}
