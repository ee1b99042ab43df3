package io.github.idc4j.service.engine;

import java.sql.SQLException;

/** Runs queries. Safe for use by several threads. */
public interface QueryEngine {

  /**
   * Runs a query and keeps its rows, in its order, until they are dropped.
   *
   * @throws SQLException if the query fails or is canceled
   */
  EngineRows run(Query query) throws SQLException;

  /** Cancels the running queries. One that is about to start is not canceled. */
  void cancelAll();
}
