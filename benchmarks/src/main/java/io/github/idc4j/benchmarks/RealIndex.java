package io.github.idc4j.benchmarks;

import io.github.idc4j.model.ManifestRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

/**
 * Manifest rows from the idc-index-data wheel, sorted by GCS URL like a manifest with all columns.
 *
 * <p>The wheel has one row per series. Each of these rows is repeated as often as the series has
 * instances. Columns that are missing in the wheel are synthesized: they contain hashes in the
 * format of real values.
 */
final class RealIndex {

  private static final String FILE = "idc_index_data/idc_index.parquet";

  /** The number of series to skip before the first row of the page. */
  private static final int SKIPPED_SERIES = 500_000;

  private static final String ROWS =
      """
      WITH series AS (
        SELECT * FROM read_parquet(?) ORDER BY aws_bucket, crdc_series_uuid LIMIT ? OFFSET ?
      ), instances AS (
        SELECT *, crdc_series_uuid || number AS seed
        FROM (SELECT *, unnest(range(instanceCount)) AS number FROM series)
      ), identified AS (
        SELECT *, CAST(CAST(md5(seed) AS UUID) AS VARCHAR) AS instance_uuid FROM instances
      )
      SELECT
        collection_id,
        PatientID,
        StudyInstanceUID,
        SeriesInstanceUID,
        left(regexp_replace(SeriesInstanceUID, '[^.]*$', '') || md5_number(seed), 64),
        source_DOI,
        'dg.4DFC/' || CAST(md5(StudyInstanceUID) AS UUID),
        'dg.4DFC/' || crdc_series_uuid,
        'dg.4DFC/' || instance_uuid,
        'gs://' || aws_bucket || '/' || crdc_series_uuid || '/' || instance_uuid || '.dcm' AS url
      FROM identified ORDER BY url LIMIT ?
      """;

  private RealIndex() {}

  static List<ManifestRow> rows(Path wheel, int count) throws IOException, SQLException {
    Path file = Files.createTempFile("idc_index", ".parquet");
    try (ZipFile zip = new ZipFile(wheel.toFile());
        InputStream parquet = zip.getInputStream(zip.getEntry(FILE))) {
      Files.copy(parquet, file, StandardCopyOption.REPLACE_EXISTING);
      return query(file, count);
    } finally {
      Files.delete(file);
    }
  }

  private static List<ManifestRow> query(Path file, int count) throws SQLException {
    List<ManifestRow> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        PreparedStatement statement = connection.prepareStatement(ROWS)) {
      statement.setString(1, file.toString());
      statement.setInt(2, count);
      statement.setInt(3, SKIPPED_SERIES);
      statement.setInt(4, count);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          rows.add(
              new ManifestRow(
                  found.getString(1),
                  found.getString(2),
                  found.getString(3),
                  found.getString(4),
                  found.getString(5),
                  found.getString(6),
                  found.getString(7),
                  found.getString(8),
                  found.getString(9),
                  found.getString(10),
                  Map.of()));
        }
      }
    }
    return rows;
  }
}
