package io.github.idc4j.service.cohort;

import java.sql.SQLException;

/** Thrown if the database with the accounts cannot be reached now. A later call may succeed. */
public final class AccountsUnavailableException extends SQLException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception with a message for the operator of the service.
   *
   * @param cause the error of the database; null if the database was not tried
   */
  public AccountsUnavailableException(String message, Exception cause) {
    super(message, cause);
  }
}
