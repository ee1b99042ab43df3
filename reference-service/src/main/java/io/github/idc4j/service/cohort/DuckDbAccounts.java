package io.github.idc4j.service.cohort;

import io.github.idc4j.service.data.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Accounts in a DuckDB database of their own. One thread at a time uses it, because DuckDB refuses
 * concurrent changes of a row.
 */
public final class DuckDbAccounts implements AccountStore {

  private static final String SCHEMA = "V1__accounts.sql";

  private final Connection connection;

  /**
   * Opens the database, and creates it if it does not exist.
   *
   * @param database the instance of DuckDB that opens the database
   * @param file the file of the database; if empty, the database is in memory
   * @throws SQLException if the file is damaged or is another database
   */
  public DuckDbAccounts(Database database, Optional<Path> file) throws SQLException {
    connection = database.connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "ATTACH " + Database.quote(file.map(Path::toString).orElse(":memory:")) + " AS accounts");
      statement.execute("USE accounts");
      if (isEmpty(statement)) {
        statement.execute("BEGIN; " + schema() + "COMMIT;");
      }
      // Fails if the database has other tables.
      statement.execute(
          """
          SELECT max(last_login), max(length(email || first_name || last_name)), max(joined + id)
          FROM account""");
      statement.execute(
          """
          SELECT max(length(owner || name || coalesce(description, '') || filters)), max(id),
            bool_or(deleted)
          FROM cohort""");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static boolean isEmpty(Statement statement) throws SQLException {
    try (ResultSet tables =
        statement.executeQuery(
            "SELECT 1 FROM duckdb_tables() WHERE database_name = current_database()")) {
      return !tables.next();
    }
  }

  private static String schema() {
    try (InputStream script = DuckDbAccounts.class.getResourceAsStream(SCHEMA)) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized <T> T use(Task<T> task) throws SQLException {
    return task.run(connection);
  }

  @Override
  public synchronized void close() throws SQLException {
    connection.close();
  }
}
