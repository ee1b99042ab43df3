package io.github.idc4j.service.engine;

import java.io.IOException;
import java.sql.SQLException;

/**
 * The ordered rows of a query, held by an engine. Safe for use by several threads. Closing it frees
 * the rows.
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
   * Returns whether the rows are part of the data, so that keeping them costs nothing and every
   * page can be read from them. Other rows are computed ones, which take memory.
   */
  boolean isData();

  /** Reads the rows {@code [from, to)}. */
  void read(long from, long to, Consumer consumer) throws IOException, SQLException;

  @Override
  void close() throws SQLException;
}
