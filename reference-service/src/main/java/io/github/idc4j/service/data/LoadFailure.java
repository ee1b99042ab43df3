package io.github.idc4j.service.data;

import java.sql.SQLException;

/** Explains why data cannot be loaded or generated, and what the user can do. */
final class LoadFailure {

  private static final String FULL = "No space left on device";

  private LoadFailure() {}

  /**
   * Returns an exception for a failure.
   *
   * @param what what failed, such as {@code Cannot load a.parquet into /home/a/.idc4j}
   * @param cause the failure
   * @param otherwise what the user can do if neither the disk nor the memory is too small
   */
  static DataSetException of(String what, Exception cause, String otherwise) {
    String reason = isFull(cause) ? FULL : reason(cause);
    return new DataSetException(
        (what + ": " + reason + ". " + advice(reason, otherwise)).strip(), cause);
  }

  /** Returns whether the cause of a failure is a full disk. */
  static boolean isFull(Exception cause) {
    return String.valueOf(cause.getMessage()).contains(FULL);
  }

  /** Returns whether the cause of a failure can be a damaged file. */
  static boolean canBeDamage(SQLException cause) {
    return !isFull(cause) && !reason(cause).startsWith("Out of Memory");
  }

  /** Returns the first line of a message. The other lines of DuckDB's messages show the SQL. */
  static String reason(Exception cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }

  private static String advice(String reason, String otherwise) {
    if (reason.equals(FULL)) {
      return "Free disk space, or set IDC4J_HOME to a folder on another disk.";
    }
    return reason.startsWith("Out of Memory")
        ? "Use less data, or a computer with more memory."
        : otherwise;
  }
}
