package io.github.idc4j.service.engine;

import java.io.IOException;
import java.sql.SQLException;

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
   * Returns whether the rows are part of the data set. Such rows need no additional memory, so all
   * pages can be read from the engine. Other rows were computed and use memory until they are
   * freed.
   */
  boolean isData();

  /** Reads the rows {@code [from, to)} and passes them to the consumer, in order. */
  void read(long from, long to, Consumer consumer) throws IOException, SQLException;

  @Override
  void close() throws SQLException;
}
