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
   * @param values a string, a number, a Boolean, a list of strings, a map that stands for a JSON
   *     object, or null for each column
   */
  void write(long number, List<?> values) throws IOException;

  /**
   * Writes what follows the last row.
   *
   * @param rows the number of rows
   */
  void end(long rows) throws IOException;
}
