package io.github.idc4j.cli.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Converts rows in newline-delimited JSON to Parquet. DuckDB reads and writes one row group after
 * the other, so that the memory does not depend on the number of rows.
 */
final class Parquet {

  private Parquet() {}

  /**
   * Returns a Parquet file beside the rows. Numbers of the specification become numbers, and lists
   * become lists.
   */
  static Path convert(Path rows, List<String> columns) throws IOException {
    Path file = rows.resolveSibling(rows.getFileName() + ".parquet");
    Map<String, String> types = AttributeTable.valueTypes();
    String schema =
        columns.stream()
            .map(
                column ->
                    literal(column)
                        + ": "
                        + literal(sqlType(Optional.ofNullable(types.get(column)))))
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

  /** Returns the type for a type of the specification; empty if the column is no attribute. */
  private static String sqlType(Optional<String> valueType) {
    return switch (valueType.orElse("")) {
      case "number" -> "DOUBLE";
      case "list" -> "VARCHAR[]";
      default -> "VARCHAR";
    };
  }

  /** Returns a string in the syntax of SQL. COPY accepts no parameters. */
  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
