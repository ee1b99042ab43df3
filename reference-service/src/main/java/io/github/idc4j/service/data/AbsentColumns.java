package io.github.idc4j.service.data;

/** How the service responds to requests for columns that the data set does not have. */
public enum AbsentColumns {
  /**
   * Responds with 400. The message names the column and, if IDC publishes a table with the column,
   * this table.
   */
  REFUSE,

  /**
   * Returns null for the column in each row. Still responds with 400 to a filter on such a column.
   */
  NULL
}
