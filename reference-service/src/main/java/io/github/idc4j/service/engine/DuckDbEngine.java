package io.github.idc4j.service.engine;

import io.github.idc4j.service.bucket.InstanceListings;
import io.github.idc4j.service.data.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs queries with DuckDB in this process. DuckDB writes the rows of an {@link Sql} query to a
 * temporary table, which exists until the connection of the query is closed. A {@link TableScan}
 * reads its rows from the data set instead. For an {@link InstanceQuery}, the temporary table
 * contains the series.
 */
public final class DuckDbEngine implements QueryEngine {

  private static final Logger LOG = LoggerFactory.getLogger(DuckDbEngine.class);

  private static final String COMPUTED = "computed";

  /** The number of queries at a time. More queries would compete for the same processors. */
  private static final int CONCURRENCY = 4;

  private final Database database;
  private final Dialect dialect;
  private final Optional<InstanceListings> listings;

  /** The statements that run, by the ID of the query. */
  private final ConcurrentMap<UUID, Statement> running = new ConcurrentHashMap<>();

  /**
   * Creates an engine that queries the data set of a database.
   *
   * @param listings the instances of the series; required for {@link InstanceQuery}
   */
  public DuckDbEngine(Database database, Optional<InstanceListings> listings) throws SQLException {
    this.database = database;
    this.listings = listings;
    this.dialect = new DuckDbDialect(database);
  }

  @Override
  public Dialect dialect() {
    return dialect;
  }

  @Override
  public int concurrency() {
    return CONCURRENCY;
  }

  @Override
  public EngineRows run(UUID id, Query query) throws SQLException {
    if (query instanceof TableScan scan) {
      return new DataRows(scan, count(scan));
    }
    if (query instanceof InstanceQuery instances) {
      return compute(
          id,
          instances.series(),
          (connection, series) ->
              new InstanceRows(
                  connection, COMPUTED, instances.columns(), series, listings.orElseThrow()));
    }
    return compute(id, (Sql) query, ComputedRows::new);
  }

  /** Creates rows from a connection whose temporary table has a number of rows. */
  @FunctionalInterface
  private interface Computed {
    EngineRows rows(Connection connection, long count) throws SQLException;
  }

  private EngineRows compute(UUID id, Sql sql, Computed computed) throws SQLException {
    Connection connection = database.connect();
    try (PreparedStatement statement =
        connection.prepareStatement("CREATE TEMP TABLE " + COMPUTED + " AS " + sql.text())) {
      for (int i = 0; i < sql.values().size(); i++) {
        Object value = sql.values().get(i);
        statement.setObject(
            i + 1,
            value instanceof List<?> texts
                ? connection.createArrayOf("VARCHAR", texts.toArray())
                : value);
      }
      running.put(id, statement);
      try {
        statement.execute();
      } finally {
        running.remove(id);
      }
      return computed.rows(connection, statement.getUpdateCount());
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private long count(TableScan scan) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + scan.table())) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Returns empty, because rows are in memory and belong to one process. */
  @Override
  public Optional<EngineRows> find(UUID id) {
    return Optional.empty();
  }

  @Override
  public boolean cancel(UUID id) {
    Optional<Statement> statement = Optional.ofNullable(running.get(id));
    if (statement.isPresent()) {
      try {
        statement.get().cancel();
      } catch (SQLException e) {
        // The query has ended in the meantime.
        LOG.debug("A query can't be canceled", e);
      }
    }
    return true;
  }

  /** Does nothing, because the owner of the database closes it. */
  @Override
  public void close() {}

  /** Reads rows by their row numbers, so that DuckDB does not have to read the preceding rows. */
  private static void read(
      Connection connection, TableScan scan, long from, long to, EngineRows.Consumer consumer)
      throws IOException, SQLException {
    String sql =
        "SELECT to_json(found)::VARCHAR FROM (SELECT %s FROM %s WHERE rowid >= %d AND rowid < %d) AS found"
            .formatted(scan.columns(), scan.table(), from, to);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        consumer.accept(rows.getString(1).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** The rows of a table of the data set. */
  private final class DataRows implements EngineRows {

    private final TableScan scan;
    private final long count;

    private DataRows(TableScan scan, long count) {
      this.scan = scan;
      this.count = count;
    }

    @Override
    public long count() {
      return count;
    }

    @Override
    public boolean isKept() {
      return true;
    }

    @Override
    public void read(long from, long to, Consumer consumer) throws IOException, SQLException {
      try (Connection connection = database.connect()) {
        DuckDbEngine.read(connection, scan, from, to, consumer);
      }
    }

    @Override
    public void close() {
      // The table is part of the data set, so it must stay.
    }
  }

  /** The rows in the temporary table of a connection. Closing the connection frees the rows. */
  private static final class ComputedRows implements EngineRows {

    private static final TableScan SCAN = new TableScan("*", COMPUTED);

    private final Connection connection;
    private final long count;

    /**
     * A connection runs one query at a time. The lock is fair: a page has to wait for at most one
     * read of the task that stores the rows, which reads all the time.
     */
    private final Lock lock = new ReentrantLock(true);

    private ComputedRows(Connection connection, long count) {
      this.connection = connection;
      this.count = count;
    }

    @Override
    public long count() {
      return count;
    }

    @Override
    public boolean isKept() {
      return false;
    }

    @Override
    public void read(long from, long to, Consumer consumer) throws IOException, SQLException {
      lock.lock();
      try {
        DuckDbEngine.read(connection, SCAN, from, to, consumer);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
