package io.github.idc4j.service.cohort;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A database with the tables of {@code V1__accounts.sql}. The connections are in the mode
 * auto-commit, so that each statement is durable and atomic. Safe for use by several threads.
 */
public interface AccountStore extends AutoCloseable {

  /** Uses a connection. */
  @FunctionalInterface
  interface Task<T> {
    T run(Connection connection) throws SQLException;
  }

  /**
   * Runs a task with a connection that no other thread uses at the same time, and returns its
   * result.
   *
   * @throws AccountsUnavailableException if the database cannot be reached
   */
  <T> T use(Task<T> task) throws SQLException;

  @Override
  void close() throws SQLException;
}
