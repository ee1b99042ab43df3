package io.github.idc4j.postgresql;

import io.github.idc4j.service.cohort.AccountStore;
import io.github.idc4j.service.cohort.AccountsUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts in PostgreSQL. While the database cannot be reached, one operation per second tries it,
 * and the others fail at once, so that they do not occupy the threads of the HTTP server.
 */
final class PostgresAccounts implements AccountStore {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresAccounts.class);

  private static final long RETRY_NANOS = 1_000_000_000;

  private final DataSource source;
  private final String name;

  /** A failure of the database, after which an operation tries it again at a time. */
  private record Outage(long retryAt) {
    static Outage now() {
      return new Outage(System.nanoTime() + RETRY_NANOS);
    }

    boolean isOver() {
      return System.nanoTime() - retryAt >= 0;
    }
  }

  /** The latest failure; null while the database can be reached. */
  private final AtomicReference<Outage> outage = new AtomicReference<>();

  PostgresAccounts(DataSource source, String name) {
    this.source = source;
    this.name = name;
  }

  @Override
  public <T> T use(Task<T> task) throws SQLException {
    Outage latest = outage.get();
    if (latest != null && !(latest.isOver() && outage.compareAndSet(latest, Outage.now()))) {
      throw unavailable(null);
    }
    try (Connection connection = source.getConnection()) {
      T result = task.run(connection);
      if (outage.getAndSet(null) != null) {
        LOG.info("Can reach {} again", name);
      }
      return result;
    } catch (SQLException e) {
      if (!isUnavailable(e)) {
        throw e;
      }
      if (outage.getAndSet(Outage.now()) == null) {
        LOG.warn(
            "Cannot reach {} ({}). Requests for accounts and cohorts receive 503.",
            name,
            Failures.reason(e));
      }
      throw unavailable(e);
    }
  }

  /** Recognizes failures of connections, and a server that stops, starts or lacks resources. */
  private static boolean isUnavailable(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return failure instanceof SQLTransientConnectionException
        || state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57P");
  }

  private AccountsUnavailableException unavailable(SQLException cause) {
    return new AccountsUnavailableException("Cannot reach " + name, cause);
  }

  /** Does nothing, because the state closes the connections. */
  @Override
  public void close() {}
}
