package io.github.idc4j.service.cohort;

import io.github.idc4j.service.data.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Stores accounts and their cohorts in the attached database {@code state}. */
public final class Cohorts implements AutoCloseable {

  private final Connection connection;
  private final Clock clock;

  /** Opens the tables, and creates them if they do not exist. */
  public Cohorts(Database database, Clock clock) throws SQLException {
    this.connection = database.connect();
    this.clock = clock;
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SEQUENCE IF NOT EXISTS state.account_id");
      statement.execute("CREATE SEQUENCE IF NOT EXISTS state.cohort_id");
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS state.account (
            id BIGINT, email VARCHAR, first_name VARCHAR, last_name VARCHAR,
            joined BIGINT, last_login BIGINT)
          """);
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS state.cohort (
            id BIGINT, owner VARCHAR, name VARCHAR, description VARCHAR, filters VARCHAR,
            deleted BOOLEAN)
          """);
    }
  }

  /**
   * Signs a user in: creates the account if it does not exist, and records the time of the sign-in.
   */
  public synchronized void signIn(String email) throws SQLException {
    long now = clock.millis();
    if (account(email).isPresent()) {
      update("UPDATE state.account SET last_login = ? WHERE email = ?", now, email);
      return;
    }
    String[] names = email.replaceAll("@.*", "").split("[._-]+");
    update(
        "INSERT INTO state.account VALUES (nextval('state.account_id'), ?, ?, ?, ?, ?)",
        email,
        capitalised(names.length > 0 ? names[0] : email),
        names.length > 1 ? capitalised(names[1]) : "Example",
        now,
        now);
  }

  private static String capitalised(String name) {
    return name.isEmpty()
        ? name
        : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** Returns the account with the given e-mail address; empty if it does not exist. */
  public synchronized Optional<Account> account(String email) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT * FROM state.account WHERE email = ?")) {
      statement.setString(1, email);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new Account(
                    rows.getLong("id"),
                    rows.getString("email"),
                    rows.getString("first_name"),
                    rows.getString("last_name"),
                    Instant.ofEpochMilli(rows.getLong("joined")),
                    Instant.ofEpochMilli(rows.getLong("last_login"))))
            : Optional.empty();
      }
    }
  }

  /** Saves a cohort and returns it. */
  public synchronized Cohort save(String owner, String name, String description, String filters)
      throws SQLException {
    long id;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT nextval('state.cohort_id')")) {
      rows.next();
      id = rows.getLong(1);
    }
    update(
        "INSERT INTO state.cohort VALUES (?, ?, ?, ?, ?, FALSE)",
        id,
        owner,
        name,
        description,
        filters);
    return new Cohort(id, owner, name, description, filters, false);
  }

  /**
   * Returns the cohort with the given ID, even if the cohort was deleted; empty if no cohort ever
   * had the ID.
   */
  public synchronized Optional<Cohort> find(long id) throws SQLException {
    return select("WHERE id = ?", id).stream().findFirst();
  }

  /**
   * Returns the cohorts of an owner in the order in which they were saved, without deleted cohorts.
   */
  public synchronized List<Cohort> of(String owner) throws SQLException {
    return select("WHERE owner = ? AND NOT deleted ORDER BY id", owner);
  }

  /** Marks a cohort as deleted. */
  public synchronized void delete(Cohort cohort) throws SQLException {
    update("UPDATE state.cohort SET deleted = TRUE WHERE id = ?", cohort.id());
  }

  private List<Cohort> select(String condition, Object value) throws SQLException {
    List<Cohort> cohorts = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT * FROM state.cohort " + condition)) {
      statement.setObject(1, value);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          cohorts.add(
              new Cohort(
                  rows.getLong("id"),
                  rows.getString("owner"),
                  rows.getString("name"),
                  rows.getString("description"),
                  rows.getString("filters"),
                  rows.getBoolean("deleted")));
        }
      }
    }
    return cohorts;
  }

  private void update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    connection.close();
  }
}
