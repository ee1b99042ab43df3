package io.github.idc4j.service.engine;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.UUID;

/** Runs queries. Safe for use by several threads. */
public interface QueryEngine extends AutoCloseable {

  /** Returns the SQL dialect of this engine, which also knows the columns of the data. */
  Dialect dialect();

  /** Returns the number of queries that this engine should run at the same time. */
  int concurrency();

  /**
   * Runs a query, and waits until it has finished. The engine keeps the rows, in the order that the
   * query specifies, until {@link EngineRows#close} is called.
   *
   * @param id an ID that no other query has; if other processes use the same engine, they can find
   *     the rows by this ID
   * @throws SQLTransientException if the engine cannot find out whether the query failed, for
   *     example because the network failed; {@link #find} may find the rows later
   * @throws SQLException if the query fails or is canceled
   */
  EngineRows run(UUID id, Query query) throws SQLException;

  /**
   * Finds the rows of a query that another process or an earlier process began, and waits until the
   * query has finished.
   *
   * @return the rows; empty if no query has this ID, or if its rows have expired
   * @throws SQLException if the query failed, or if the engine cannot find out
   */
  Optional<EngineRows> find(UUID id) throws SQLException;

  /**
   * Cancels a running query, unless other processes can find its rows. A query that is about to
   * start is not canceled, so a caller has to try again until {@link #run} has ended.
   *
   * @return whether the engine cancels queries; false if other processes can find their rows
   */
  boolean cancel(UUID id);

  /** Frees the resources of this engine. Rows that other processes can find remain. */
  @Override
  void close();
}
