package io.github.idc4j.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.github.idc4j.service.state.PostgresProvider;
import io.github.idc4j.service.state.State;
import io.github.idc4j.service.state.StateException;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens states in PostgreSQL. */
public final class PostgresStateProvider implements PostgresProvider {

  /** The schema with all tables of the state. */
  private static final String SCHEMA = "idc4j";

  private static final String HOST = "(\\[[\\p{XDigit}:.]+\\]|[^/?@:,\\[\\]\\s]*)(:\\d{1,5})?";

  /** One or more hosts, a database, and parameters. */
  private static final Pattern VALID =
      Pattern.compile(
          URL_PREFIX
              + "(//"
              + HOST
              + "(,"
              + HOST
              + ")*/)?[^/?@\\s]*(\\?([^%]++|%\\p{XDigit}{2})*+)?");

  /** The number of connections. Each serves an operation of a millisecond. */
  private static final int CONNECTIONS = 8;

  /** How long an operation waits for a connection. It occupies a thread of the service. */
  private static final int WAIT_MILLIS = 1000;

  /** How long an operation may take, so that a database that hangs does not occupy threads. */
  private static final int OPERATION_SECONDS = 5;

  /** Creates an instance. */
  public PostgresStateProvider() {}

  @Override
  public State open(String url) throws StateException {
    Properties parsed = parse(url);
    String name =
        "PostgreSQL at %s:%s, database %s"
            .formatted(
                PGProperty.PG_HOST.getOrDefault(parsed),
                PGProperty.PG_PORT.getOrDefault(parsed),
                PGProperty.PG_DBNAME.getOrDefault(parsed));
    // Until the service responds to requests, a connection may take longer than one of the pool.
    DataSource patient = source(url);
    try {
      migrate(patient);
      return new PostgresState(patient, new HikariDataSource(config(source(url))), name);
    } catch (FlywayException | PoolInitializationException e) {
      throw unusable(name, e);
    }
  }

  private static Properties parse(String url) throws StateException {
    // The driver logs parts of invalid URLs, which can contain a password.
    Optional<Properties> parsed =
        VALID.matcher(url).matches()
            ? Optional.ofNullable(Driver.parseURL(url, null))
            : Optional.empty();
    return parsed.orElseThrow(
        () ->
            new StateException(
                "The URL of the PostgreSQL database is not valid. It must have the form "
                    + URL_PREFIX
                    + "//host:5432/database?user=name. Put the password into the file .pgpass in"
                    + " your home folder, or append &password=..., but not before the host."
                    + " Percent-encode special characters.",
                null));
  }

  private static DataSource source(String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setSocketTimeout(OPERATION_SECONDS);
    source.setConnectTimeout(OPERATION_SECONDS);
    source.setApplicationName("idc4j");
    // The options of the URL replace the values above.
    source.setUrl(url);
    source.setCurrentSchema(SCHEMA);
    return source;
  }

  private static HikariConfig config(DataSource source) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("idc4j-state");
    config.setDataSource(source);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(WAIT_MILLIS);
    config.setValidationTimeout(WAIT_MILLIS);
    config.setInitializationFailTimeout(OPERATION_SECONDS * 1000L);
    return config;
  }

  /** Creates or updates the tables. Several services can do this at the same time. */
  private static void migrate(DataSource source) {
    Flyway.configure(PostgresStateProvider.class.getClassLoader())
        .dataSource(source)
        .schemas(SCHEMA)
        .locations(
            "classpath:io/github/idc4j/service/cohort", "classpath:io/github/idc4j/postgresql")
        .load()
        .migrate();
  }

  private static StateException unusable(String name, Exception failure) {
    return new StateException(
        "Cannot use the state in "
            + name
            + " ("
            + Failures.reason(failure)
            + "). Check that the server runs, and that the URL, the user and the password of --state"
            + " are right. The user needs the right to create the schema "
            + SCHEMA
            + ", or to use it.",
        failure);
  }
}
