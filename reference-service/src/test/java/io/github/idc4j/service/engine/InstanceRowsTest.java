package io.github.idc4j.service.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.bucket.InstanceListings;
import io.github.idc4j.service.bucket.ObjectLister;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceRowsTest {

  private static final int SERIES = 2002;

  @TempDir Path folder;

  private InstanceListings listings;
  private InstanceRows rows;

  /** A bucket in which each series has two instances. */
  private static final class TwoInstances implements ObjectLister {
    @Override
    public List<String> list(String bucket, String prefix) {
      String series = prefix.substring(0, prefix.length() - "/".length());
      return List.of("f" + series.substring(1) + ".dcm", "0" + series.substring(1) + ".dcm");
    }

    @Override
    public void close() {
      // There is nothing to free.
    }
  }

  @BeforeEach
  void open() throws SQLException {
    listings = new InstanceListings(new TwoInstances(), folder);
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE series AS SELECT 'b' AS aws_bucket, 2::BIGINT AS "instanceCount",
            format('{:08x}-0000-0000-0000-000000000000', i) AS crdc_series_uuid,
            2 * i + 2 AS row_end
          FROM range(%d) r(i)
          """
              .formatted(SERIES));
    }
    rows =
        new InstanceRows(
            connection, "series", "crdc_series_uuid[5:8] AS s, instance AS i", SERIES, listings);
  }

  @AfterEach
  void close() throws SQLException {
    rows.close();
    listings.close();
  }

  private List<String> read(long from, long to) throws IOException, SQLException {
    List<String> read = new ArrayList<>();
    rows.read(from, to, json -> read.add(new String(json, StandardCharsets.UTF_8)));
    return read;
  }

  @Test
  void aRangeCanBeginAndEndWithinASeries()
      throws IOException, SQLException, InterruptedException, ExecutionException {
    assertThat(rows.prepare(3, 7).get()).isEqualTo(7);

    assertThat(read(3, 7))
        .containsExactly(
            "{\"s\":\"0001\",\"i\":\"f0000001-0000-0000-0000-000000000000\"}",
            "{\"s\":\"0002\",\"i\":\"00000002-0000-0000-0000-000000000000\"}",
            "{\"s\":\"0002\",\"i\":\"f0000002-0000-0000-0000-000000000000\"}",
            "{\"s\":\"0003\",\"i\":\"00000003-0000-0000-0000-000000000000\"}");
    assertThat(rows.count()).isEqualTo(2 * SERIES);
    assertThat(rows.prepare(5, 5).get()).isEqualTo(5);
    assertThat(read(5, 5)).isEmpty();
  }

  @Test
  void aPageHasALimitedNumberOfSeries()
      throws IOException, SQLException, InterruptedException, ExecutionException {
    long end = rows.prepare(1, rows.count()).get();

    assertThat(end).isEqualTo(4_000);
    assertThat(read(1, end)).hasSize(3_999);
    assertThat(rows.prepare(end, rows.count()).get()).isEqualTo(rows.count());
  }
}
