package io.github.idc4j.service.result;

import java.io.IOException;

/** Thrown if a file does not contain what was written to it. */
final class DamagedFileException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedFileException(String message) {
    super(message);
  }
}
