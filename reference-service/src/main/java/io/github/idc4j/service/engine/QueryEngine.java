package io.github.idc4j.service.engine;

import java.sql.SQLException;

/** Runs queries. Safe for use by several threads. */
public interface QueryEngine {

  /**
   * Runs a query, and keeps its rows in the order of the query until they are closed.
   *
   * @throws SQLException if the query fails or is canceled
   */
  EngineRows run(Query query) throws SQLException;

  /** Cancels the queries that are running. It does not affect a query that has yet to start. */
  void cancelAll();
}
