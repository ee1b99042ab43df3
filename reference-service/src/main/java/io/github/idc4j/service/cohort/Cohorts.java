package io.github.idc4j.service.cohort;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Stores accounts and their cohorts. Each change is one statement of standard SQL, so it is made
 * completely or not at all, and several services can share a store. Safe for use by several
 * threads.
 */
public final class Cohorts {

  private final AccountStore store;
  private final Clock clock;

  /** Creates an instance. */
  public Cohorts(AccountStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Signs a user in: creates the account if it does not exist, and records the time of the sign-in.
   */
  public void signIn(String email) throws SQLException {
    long now = clock.millis();
    // Not only an INSERT, because it takes an ID even if the account exists.
    if (update("UPDATE account SET last_login = ? WHERE email = ?", now, email) > 0) {
      return;
    }
    String[] names = email.replaceAll("@.*", "").split("[._-]+");
    update(
        """
        INSERT INTO account (email, first_name, last_name, joined, last_login)
        VALUES (?, ?, ?, ?, ?) ON CONFLICT (email) DO NOTHING""",
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
  public Optional<Account> account(String email) throws SQLException {
    return select(
            """
            SELECT id, email, first_name, last_name, joined, last_login
            FROM account WHERE email = ?""",
            rows ->
                new Account(
                    rows.getLong(1),
                    rows.getString(2),
                    rows.getString(3),
                    rows.getString(4),
                    Instant.ofEpochMilli(rows.getLong(5)),
                    Instant.ofEpochMilli(rows.getLong(6))),
            email)
        .stream()
        .findFirst();
  }

  /** Saves a cohort and returns it. */
  public Cohort save(String owner, String name, String description, String filters)
      throws SQLException {
    long id =
        select(
                """
                INSERT INTO cohort (owner, name, description, filters, deleted)
                VALUES (?, ?, ?, ?, FALSE) RETURNING id""",
                rows -> rows.getLong(1),
                owner,
                name,
                description,
                filters)
            .get(0);
    return new Cohort(id, owner, name, description, filters, false);
  }

  /**
   * Returns the cohort with the given ID, even if the cohort was deleted; empty if no cohort ever
   * had the ID.
   */
  public Optional<Cohort> find(long id) throws SQLException {
    return cohorts("WHERE id = ?", id).stream().findFirst();
  }

  /**
   * Returns the cohorts of an owner in the order in which they were saved, without deleted cohorts.
   */
  public List<Cohort> of(String owner) throws SQLException {
    return cohorts("WHERE owner = ? AND NOT deleted ORDER BY id", owner);
  }

  /** Marks cohorts as deleted: all of them, or none if this fails. */
  public void delete(Collection<Cohort> cohorts) throws SQLException {
    if (!cohorts.isEmpty()) {
      update(
          "UPDATE cohort SET deleted = TRUE WHERE id IN (?"
              + ", ?".repeat(cohorts.size() - 1)
              + ")",
          cohorts.stream().map(Cohort::id).toArray());
    }
  }

  private List<Cohort> cohorts(String condition, Object value) throws SQLException {
    return select(
        "SELECT id, owner, name, description, filters, deleted FROM cohort " + condition,
        rows ->
            new Cohort(
                rows.getLong(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getBoolean(6)),
        value);
  }

  /** Reads the current row. */
  @FunctionalInterface
  private interface Row<T> {
    T read(ResultSet rows) throws SQLException;
  }

  private <T> List<T> select(String sql, Row<T> row, Object... values) throws SQLException {
    return store.use(
        connection -> {
          List<T> found = new ArrayList<>();
          try (PreparedStatement statement = prepare(connection, sql, values);
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              found.add(row.read(rows));
            }
          }
          return found;
        });
  }

  private int update(String sql, Object... values) throws SQLException {
    return store.use(
        connection -> {
          try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
          }
        });
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
