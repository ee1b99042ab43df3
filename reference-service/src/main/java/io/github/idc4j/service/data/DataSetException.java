package io.github.idc4j.service.data;

import java.io.IOException;

/** Thrown if a data set cannot be used. The message explains the problem and how to solve it. */
public final class DataSetException extends IOException {

  private static final long serialVersionUID = 1L;

  DataSetException(String message) {
    super(message);
  }

  DataSetException(String message, Throwable cause) {
    super(message, cause);
  }
}
