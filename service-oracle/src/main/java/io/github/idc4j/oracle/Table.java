package io.github.idc4j.oracle;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A Parquet table in memory. Column names are case-insensitive. */
final class Table {

  private final Map<String, Column> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private Table() {}

  /** Reads all rows of a file. DuckDB only decodes the file; it evaluates nothing. */
  static Table read(Path file) throws SQLException {
    Table table = new Table();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM '" + file + "'")) {
      int count = rows.getMetaData().getColumnCount();
      List<List<Object>> values = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        values.add(new ArrayList<>());
      }
      while (rows.next()) {
        for (int i = 0; i < count; i++) {
          values.get(i).add(value(rows.getObject(i + 1)));
        }
      }
      for (int i = 0; i < count; i++) {
        table.add(rows.getMetaData().getColumnName(i + 1), Column.of(values.set(i, List.of())));
      }
    }
    return table;
  }

  private static Object value(Object value) {
    if (value == null) {
      return null;
    }
    return value instanceof Number number ? (Object) number.doubleValue() : value.toString();
  }

  void add(String name, Column column) {
    columns.put(name, column);
  }

  Optional<Column> find(String name) {
    return Optional.ofNullable(columns.get(name));
  }

  Column column(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("No column " + name));
  }

  int rows() {
    return columns.values().iterator().next().rows();
  }
}
