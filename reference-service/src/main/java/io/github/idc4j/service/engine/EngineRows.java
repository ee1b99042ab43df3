package io.github.idc4j.service.engine;

import java.io.IOException;
import java.sql.SQLException;

/** Rows that an engine has, in order. Safe for use by several threads. */
public interface EngineRows {

  /** Takes the rows one by one. */
  @FunctionalInterface
  interface Consumer {
    /** Takes a row as a JSON object in UTF-8. */
    void accept(byte[] json) throws IOException;
  }

  /** Returns the number of rows. */
  long count();

  /** Reads the rows {@code [from, to)}. */
  void read(long from, long to, Consumer consumer) throws IOException, SQLException;

  /** Frees what the rows need; they cannot be read any more. */
  void drop() throws SQLException;
}
