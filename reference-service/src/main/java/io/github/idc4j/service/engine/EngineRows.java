package io.github.idc4j.service.engine;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/**
 * The rows of a query, in order. The engine keeps the rows until {@link #close} frees them. Safe
 * for use by several threads.
 */
public interface EngineRows extends AutoCloseable {

  /** Receives the rows one by one. */
  @FunctionalInterface
  interface Consumer {
    /** Receives a row as a JSON object in UTF-8. */
    void accept(byte[] json) throws IOException;
  }

  /** Returns the number of rows. */
  long count();

  /**
   * Returns whether the rows are stored elsewhere, or are computed when they are read. Such rows
   * need little additional memory, so all pages can be read from the engine. Other rows were
   * computed before and use memory until they are freed.
   */
  boolean isKept();

  /**
   * Returns how many bytes the engine uses for rows that {@link #isKept} returns true for; 0 if the
   * engine uses no additional memory.
   */
  default long bytes() {
    return 0;
  }

  /**
   * Returns whether the engine deletes the rows a fixed time after the query, even if they are in
   * use; false by default. This time is at least twice the lifetime of results.
   */
  default boolean expires() {
    return false;
  }

  /**
   * Makes rows available to {@link #read}. If this needs another server, it happens in the
   * background.
   *
   * @return completes when the rows can be read, with the end of the rows that can be read. The end
   *     is before {@code to} if {@code [from, to)} are too many rows at once. If the rows cannot be
   *     made available now, fails; a later call tries again.
   * @throws SQLException if the engine fails
   */
  default CompletableFuture<Long> prepare(long from, long to) throws SQLException {
    return CompletableFuture.completedFuture(to);
  }

  /**
   * Reads the rows {@code [from, to)} and passes them to the consumer, in order. The rows must have
   * been prepared.
   *
   * @throws RowsGoneException if the rows have expired or were deleted
   */
  void read(long from, long to, Consumer consumer) throws IOException, SQLException;

  @Override
  void close() throws SQLException;
}
