package io.github.idc4j.service.data;

import java.io.IOException;

/** A data set cannot be used. The message names the file and the remedy. */
public final class DataSetException extends IOException {

  private static final long serialVersionUID = 1L;

  DataSetException(String message) {
    super(message);
  }

  DataSetException(String message, Throwable cause) {
    super(message, cause);
  }
}
