package io.github.idc4j.service.engine;

import io.github.idc4j.service.bucket.InstanceListings;
import io.github.idc4j.service.bucket.Series;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The rows of an {@link InstanceQuery}. The connection has a temporary table of the series. Closing
 * the connection frees the table.
 */
final class InstanceRows implements EngineRows {

  /** The maximum number of series in one page, so that a page of any size takes a limited time. */
  private static final int MAX_SERIES = 2000;

  /** The approximate size of a series in the temporary table. It was measured with nine columns. */
  private static final long SERIES_BYTES = 260;

  private final Connection connection;
  private final String table;
  private final String columns;
  private final InstanceListings listings;
  private final long count;
  private final long bytes;

  /**
   * A series in the temporary table.
   *
   * @param row the number of the row of the table
   * @param begin the number of the first row of the result that belongs to the series
   */
  private record Entry(long row, long begin, Series series) {
    long end() {
      return begin + series.instanceCount();
    }
  }

  InstanceRows(
      Connection connection, String table, String columns, long series, InstanceListings listings)
      throws SQLException {
    this.connection = connection;
    this.table = table;
    this.columns = columns;
    this.listings = listings;
    this.bytes = series * SERIES_BYTES;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT coalesce(max(row_end), 0) FROM " + table)) {
      rows.next();
      this.count = rows.getLong(1);
    }
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
  public long bytes() {
    return bytes;
  }

  @Override
  public CompletableFuture<Long> prepare(long from, long to) throws SQLException {
    List<Entry> entries = entries(from, to);
    long end = entries.isEmpty() ? to : Math.min(to, entries.get(entries.size() - 1).end());
    return listings.prepare(entries.stream().map(Entry::series).toList()).thenApply(nothing -> end);
  }

  /** Returns the series that have rows in {@code [from, to)}, but at most {@link #MAX_SERIES}. */
  private synchronized List<Entry> entries(long from, long to) throws SQLException {
    String sql =
        """
        SELECT rowid, row_end - "instanceCount", aws_bucket, crdc_series_uuid, "instanceCount"
        FROM %s WHERE row_end > %d AND row_end - "instanceCount" < %d
        ORDER BY row_end LIMIT %d
        """
            .formatted(table, from, to, MAX_SERIES);
    List<Entry> entries = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        Series series =
            new Series(rows.getString(3), UUID.fromString(rows.getString(4)), rows.getLong(5));
        entries.add(new Entry(rows.getLong(1), rows.getLong(2), series));
      }
    }
    return entries;
  }

  @Override
  public void read(long from, long to, Consumer consumer) throws IOException, SQLException {
    List<Long> series = new ArrayList<>();
    List<UUID> instances = new ArrayList<>();
    for (Entry entry : entries(from, to)) {
      List<UUID> some =
          listings.read(
              entry.series(),
              Math.max(from, entry.begin()) - entry.begin(),
              Math.min(to, entry.end()) - entry.begin());
      instances.addAll(some);
      some.forEach(instance -> series.add(entry.row()));
    }
    read(series, instances, consumer);
  }

  private synchronized void read(List<Long> series, List<UUID> instances, Consumer consumer)
      throws IOException, SQLException {
    String sql =
        """
        SELECT to_json(found)::VARCHAR FROM (
          SELECT %1$s
          FROM (SELECT unnest(?) AS series, unnest(?) AS instance) AS listed
            JOIN %2$s ON %2$s.rowid = listed.series
          ORDER BY series, instance) AS found
        """
            .formatted(columns, table);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("BIGINT", series.toArray()));
      statement.setArray(2, connection.createArrayOf("UUID", instances.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          consumer.accept(rows.getString(1).getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
