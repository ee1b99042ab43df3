package io.github.idc4j.service.engine;

/**
 * A query for all rows of a table, in the order of the table. An engine can read these rows without
 * computing a result first.
 *
 * @param columns the columns of each row, as an SQL select list
 * @param table the name of the table in SQL
 */
public record TableScan(String columns, String table) implements Query {

  @Override
  public String shown() {
    return "SELECT " + columns + " FROM " + table;
  }
}
