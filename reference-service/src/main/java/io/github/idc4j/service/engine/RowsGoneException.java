package io.github.idc4j.service.engine;

import java.sql.SQLException;

/** Thrown if the engine no longer has the rows of a query. */
public final class RowsGoneException extends SQLException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with the error of the engine. */
  public RowsGoneException(Exception cause) {
    super(cause);
  }
}
