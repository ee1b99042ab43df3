package io.github.idc4j.cli.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Converts rows in newline-delimited JSON to Parquet. DuckDB reads and writes one row group after
 * the other, so that the memory does not depend on the number of rows.
 */
final class Parquet {

  private Parquet() {}

  /**
   * Returns a Parquet file beside the rows.
   *
   * @param columns the types of the columns, by name and in the order of the rows
   */
  static Path convert(Path rows, Map<String, ValueType> columns) throws IOException {
    Path file = rows.resolveSibling(rows.getFileName() + ".parquet");
    String schema =
        columns.entrySet().stream()
            .map(column -> literal(column.getKey()) + ": " + literal(column.getValue().sqlType()))
            .collect(Collectors.joining(", ", "{", "}"));
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      // One thread, so that an export that resumes writes the same bytes.
      statement.execute("SET threads = 1");
      statement.execute("SET memory_limit = '512MB'");
      statement.execute(
          "COPY (SELECT * FROM read_json(%s, format = 'newline_delimited', columns = %s)) TO %s (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)"
              .formatted(literal(rows.toString()), schema, literal(file.toString())));
      return file;
    } catch (SQLException e) {
      Files.deleteIfExists(file);
      throw new IOException("cannot convert " + rows + " to Parquet: " + e.getMessage(), e);
    }
  }

  /** Returns a string in the syntax of SQL. COPY accepts no parameters. */
  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
