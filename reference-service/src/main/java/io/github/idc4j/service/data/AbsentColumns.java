package io.github.idc4j.service.data;

/** What a request gets that asks for a column that the data set does not have. */
public enum AbsentColumns {
  /** Status code 400, with a message that names the column and the table that has it. */
  REFUSE,

  /** Null in each row. Filters on such a column are still refused. */
  NULL
}
