package io.github.idc4j.service.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * Writes the tables of the Python package {@code idc-index-data}. The tables contain the series of
 * the sample data.
 */
public final class IndexFiles {

  /** The size of the sample data. */
  public static final SampleSize SIZE = new SampleSize(Map.of("tcga_luad", 5, "nlst", 5), 500);

  private IndexFiles() {}

  /**
   * Writes the tables into a new folder.
   *
   * @param to the new folder
   * @param home the folder for the sample data
   * @param release the release in which all series were last revised
   */
  public static Path write(Path to, Path home, int release) throws IOException, SQLException {
    Files.createDirectory(to);
    Path sample = new SampleData(new Catalogue(), 1, SIZE).in(home);
    for (String table :
        List.of("collections_index", "analysis_results_index", "version_metadata_index")) {
      Files.copy(sample.resolve(table + ".parquet"), to.resolve(table + ".parquet"));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE VIEW images AS SELECT * FROM read_parquet('%s')"
              .formatted(sample.resolve("dicom_pivot.parquet")));
      copy(
          statement,
          """
          SELECT DISTINCT ON ("SeriesInstanceUID") collection_id,
            NULL::VARCHAR AS analysis_result_id, "PatientID", "SeriesInstanceUID",
            "StudyInstanceUID", "source_DOI", "PatientAge", "StudyDate", "StudyDescription",
            "BodyPartExamined", "Modality", "SOPClassUID", "Manufacturer",
            "ManufacturerModelName", "SeriesDescription", "SeriesNumber",
            count(*) OVER (PARTITION BY "SeriesInstanceUID") AS "instanceCount",
            hash("SeriesInstanceUID") %% 100000 / 1000 AS "series_size_MB",
            license_short_name, 1::BIGINT AS series_init_idc_version,
            %d::BIGINT AS series_revised_idc_version,
            CASE WHEN hash(crdc_series_uuid) %% 2 = 0 THEN 'idc-open-data'
              ELSE 'idc-open-data-cr' END AS aws_bucket,
            crdc_series_uuid
          FROM images
          """
              .formatted(release),
          to.resolve("idc_index.parquet"));
      copy(
          statement,
          """
          SELECT * FROM (VALUES
            ('1.2.3', 'idc-open-data', 'public-datasets-idc', 2::BIGINT, 19::BIGINT),
            ('1.2.4', 'idc-open-data', 'idc-open-data', 20::BIGINT, 20::BIGINT))
          AS v("SeriesInstanceUID", aws_bucket, gcs_bucket, min_idc_version, max_idc_version)
          """,
          to.resolve("prior_versions_index.parquet"));
    }
    return to;
  }

  private static void copy(Statement statement, String query, Path file) throws SQLException {
    statement.execute("COPY (%s) TO '%s' (FORMAT parquet)".formatted(query, file));
  }
}
