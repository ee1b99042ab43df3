package io.github.idc4j.postgresql;

import com.zaxxer.hikari.HikariDataSource;
import io.github.idc4j.service.auth.Keys;
import io.github.idc4j.service.cohort.AccountStore;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.state.State;
import io.github.idc4j.service.state.StateException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/** The state of services that share a PostgreSQL database. */
final class PostgresState implements State {

  private final DataSource patient;
  private final HikariDataSource pool;
  private final String name;

  /**
   * Creates an instance.
   *
   * @param patient opens connections while the service starts
   * @param pool opens connections for requests
   */
  PostgresState(DataSource patient, HikariDataSource pool, String name) {
    this.patient = patient;
    this.pool = pool;
    this.name = name;
  }

  @Override
  public Keys keys() throws StateException {
    try (Connection connection = patient.getConnection()) {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO token_keys VALUES (1, ?) ON CONFLICT (id) DO NOTHING")) {
        insert.setBytes(1, Keys.random().toBytes().array());
        insert.executeUpdate();
      }
      try (Statement select = connection.createStatement();
          ResultSet row = select.executeQuery("SELECT content FROM token_keys")) {
        row.next();
        return Keys.of(ByteBuffer.wrap(row.getBytes(1)));
      }
    } catch (SQLException e) {
      throw new StateException(
          "Cannot read the keys of tokens from " + name + " (" + Failures.reason(e) + ").", e);
    } catch (IllegalArgumentException e) {
      throw new StateException(
          "The keys of tokens in "
              + name
              + " are damaged. Restore the table idc4j.token_keys from a backup. Without a backup,"
              + " delete its row: the service then creates new keys, and tokens issued before are"
              + " invalid.",
          e);
    }
  }

  @Override
  public AccountStore accounts(Database database) {
    return new PostgresAccounts(pool, name);
  }

  /** Returns empty, because results are too large for the database. */
  @Override
  public Optional<Path> results() {
    return Optional.empty();
  }

  @Override
  public void close() {
    pool.close();
  }
}
