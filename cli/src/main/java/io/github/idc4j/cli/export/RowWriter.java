package io.github.idc4j.cli.export;

import java.io.IOException;
import java.util.List;

/** Writes the rows of a result in one format. A writer does not close its target. */
interface RowWriter {

  /**
   * Writes what precedes the first row.
   *
   * @param comments lines about the rows; formats without comments ignore them
   */
  void begin(List<String> comments) throws IOException;

  /**
   * Writes a row.
   *
   * @param number the number of rows before this one
   * @param values a string, a list of strings or null for each column
   */
  void write(long number, List<?> values) throws IOException;

  /**
   * Writes what follows the last row.
   *
   * @param rows the number of rows
   */
  void end(long rows) throws IOException;
}
