package io.github.idc4j.service.engine;

import io.github.idc4j.service.data.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Runs queries in the DuckDB of this process. The rows of a query become a table in memory. */
public final class DuckDbEngine implements QueryEngine {

  private static final Logger LOG = Logger.getLogger(DuckDbEngine.class);

  private final Database database;
  private final AtomicLong tables = new AtomicLong();
  private final Set<Statement> running = ConcurrentHashMap.newKeySet();

  /** Creates an engine over the tables of a data set. */
  public DuckDbEngine(Database database) {
    this.database = database;
  }

  @Override
  public EngineRows run(Query query) throws SQLException {
    if (query instanceof TableScan scan) {
      return new TableRows(scan.columns(), scan.table(), false, count(scan.table()));
    }
    return run((Sql) query);
  }

  private EngineRows run(Sql sql) throws SQLException {
    String table = "memory.result_" + tables.incrementAndGet();
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement("CREATE TABLE " + table + " AS " + sql.text())) {
      for (int i = 0; i < sql.values().size(); i++) {
        statement.setObject(i + 1, sql.values().get(i));
      }
      running.add(statement);
      try {
        statement.execute();
      } finally {
        running.remove(statement);
      }
      return new TableRows("*", table, true, statement.getUpdateCount());
    }
  }

  private long count(String table) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void cancelAll() {
    for (Statement statement : running) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        LOG.debug("A query can't be canceled", e);
      }
    }
  }

  /** Rows by their numbers in a table, which DuckDB finds without reading those before. */
  private final class TableRows implements EngineRows {

    private final String columns;
    private final String table;
    private final boolean temporary;
    private final long count;

    private TableRows(String columns, String table, boolean temporary, long count) {
      this.columns = columns;
      this.table = table;
      this.temporary = temporary;
      this.count = count;
    }

    @Override
    public long count() {
      return count;
    }

    @Override
    public void read(long from, long to, Consumer consumer) throws IOException, SQLException {
      String sql =
          "SELECT to_json(found)::VARCHAR FROM (SELECT "
              + columns
              + " FROM "
              + table
              + " WHERE rowid >= "
              + from
              + " AND rowid < "
              + to
              + ") AS found";
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          consumer.accept(rows.getString(1).getBytes(StandardCharsets.UTF_8));
        }
      }
    }

    @Override
    public void drop() throws SQLException {
      if (temporary) {
        try (Connection connection = database.connect();
            Statement statement = connection.createStatement()) {
          statement.execute("DROP TABLE " + table);
        }
      }
    }
  }
}
