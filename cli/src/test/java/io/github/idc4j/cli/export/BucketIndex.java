package io.github.idc4j.cli.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Writes an index with series in all public buckets, and with MR series in a new bucket. */
public final class BucketIndex {

  /** The number of CT series. */
  public static final int CT = 700;

  /** The number of MR series. */
  public static final int MR = 40;

  private BucketIndex() {}

  /**
   * Writes the tables into a folder.
   *
   * @param pairs whether to write the table with the names of the buckets in Google Cloud Storage
   */
  public static Path write(Path folder, boolean pairs) throws IOException, SQLException {
    Files.createDirectories(folder);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      copy(
          statement,
          folder.resolve("idc_index.parquet"),
          """
          SELECT 'nlst' AS collection_id, 'patient ' || i %% 50 AS "PatientID",
            '1.2.' || i %% 90 AS "StudyInstanceUID", '1.2.3.' || i AS "SeriesInstanceUID",
            md5('series ' || i)::UUID::VARCHAR AS crdc_series_uuid, 2::BIGINT AS "instanceCount",
            1.5 AS "series_size_MB",
            CASE WHEN i < %d THEN 'CT' ELSE 'MR' END AS "Modality",
            CASE WHEN i >= %d THEN 'idc-open-new' ELSE
              ['idc-open-data', 'idc-open-data-two', 'idc-open-data-cr'][1 + i %% 3] END
              AS aws_bucket,
            25::BIGINT AS series_revised_idc_version
          FROM range(%d) AS series(i)
          """
              .formatted(CT, CT, CT + MR));
      copy(
          statement,
          folder.resolve("version_metadata_index.parquet"),
          "SELECT 25::BIGINT AS idc_version, '2026-09-26' AS version_timestamp");
      if (pairs) {
        copy(
            statement,
            folder.resolve("prior_versions_index.parquet"),
            """
            SELECT * FROM (VALUES
              ('1', 'idc-open-data', 'idc-open-data', 24::BIGINT),
              ('2', 'idc-open-data-two', 'idc-open-idc1', 23::BIGINT),
              ('3', 'idc-open-new', 'idc-open-gcs-new', 24::BIGINT))
            AS v("SeriesInstanceUID", aws_bucket, gcs_bucket, max_idc_version)
            """);
      }
    }
    return folder;
  }

  private static void copy(Statement statement, Path file, String query) throws SQLException {
    statement.execute("COPY (%s) TO '%s' (FORMAT parquet)".formatted(query, file));
  }

  /**
   * Returns the commands for the series that meet a condition, sorted, as the index has them.
   *
   * @param condition in SQL
   */
  public static List<String> commands(Path folder, String condition) throws SQLException {
    List<String> commands = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT 'cp s3://' || aws_bucket || '/' || crdc_series_uuid || '/* .' FROM '%s' WHERE %s ORDER BY ALL"
                    .formatted(folder.resolve("idc_index.parquet"), condition))) {
      while (rows.next()) {
        commands.add(rows.getString(1));
      }
    }
    return commands;
  }
}
