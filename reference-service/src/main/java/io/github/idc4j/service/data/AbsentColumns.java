package io.github.idc4j.service.data;

/** How the service responds to requests for columns that the data set does not have. */
public enum AbsentColumns {
  /** With 400 and a message that names the column and the table that has it. */
  REFUSE,

  /** With null in each row. A filter on such a column still gets 400. */
  NULL
}
