package io.github.idc4j.service.engine;

import java.sql.SQLException;

/** Runs queries. Safe for use by several threads. */
public interface QueryEngine {

  /**
   * Runs a query. The engine keeps the rows, in the order that the query specifies, until {@link
   * EngineRows#close} is called.
   *
   * @throws SQLException if the query fails or is canceled
   */
  EngineRows run(Query query) throws SQLException;

  /** Cancels running queries. A query that is about to start is not canceled. */
  void cancelAll();
}
