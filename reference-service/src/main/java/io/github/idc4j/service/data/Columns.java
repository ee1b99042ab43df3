package io.github.idc4j.service.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The columns of a Parquet table. Column names are case-insensitive. */
final class Columns {

  private final Map<String, Column> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * A column.
   *
   * @param name the name of the column, spelled as in the table
   * @param type the name of the type in DuckDB
   */
  record Column(String name, String type) {

    /** Returns whether the values can be converted to values of an attribute of this kind. */
    boolean fits(Attribute.Kind kind) {
      boolean isList = type.endsWith("[]");
      boolean isNested = type.startsWith("STRUCT") || type.startsWith("MAP");
      return !isNested && isList == (kind == Attribute.Kind.LIST);
    }
  }

  private Columns() {}

  /**
   * Reads the names and types of the columns of a table.
   *
   * @param table the table, as SQL: its name or a call of {@code read_parquet}
   */
  static Columns of(Statement statement, String table) throws SQLException {
    Columns columns = new Columns();
    try (ResultSet rows = statement.executeQuery("DESCRIBE SELECT * FROM " + table)) {
      while (rows.next()) {
        String name = rows.getString("column_name");
        columns.byName.put(name, new Column(name, rows.getString("column_type")));
      }
    }
    return columns;
  }

  Optional<Column> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
