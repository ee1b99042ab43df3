package io.github.idc4j.postgresql;

import java.sql.SQLException;
import java.util.Optional;

/** Describes failures of PostgreSQL in one line, without the URL of the database. */
final class Failures {

  private Failures() {}

  /**
   * Returns the message of the innermost database error; without a database error, of the failure.
   */
  static String reason(Throwable failure) {
    Optional<String> message = Optional.ofNullable(failure.getMessage());
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException && cause.getMessage() != null) {
        message = Optional.of(cause.getMessage());
      }
    }
    return message.orElse("").lines().findFirst().orElse("");
  }
}
