package io.github.idc4j.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.zip.ZipFile;

/**
 * Writes a data set with instances: Parquet files like an export of the table {@code dicom_pivot}.
 * Each series of the real index is repeated as often as it has instances. Identifiers of instances
 * are hashes.
 */
final class ExpandedIndex {

  /** A collection with 2,911,334 instances in 18,747 series. */
  static final String COLLECTION = "acrin_6698";

  private static final String FOLDER_IN_WHEEL = "idc_index_data/";
  private static final String RELEASE = "version_metadata_index.parquet";

  /** The parameters are the number of instances and the divisor. */
  private static final String ROWS =
      """
      COPY (
        WITH collections AS (
          SELECT collection_id, sum(instanceCount) AS size FROM idc_index GROUP BY collection_id
        ), chosen AS (
          SELECT collection_id FROM collections
          QUALIFY sum(size) OVER (ORDER BY collection_id <> '%1$s', size, collection_id) <= %2$d
        ), instances AS (
          SELECT *, unnest(range((instanceCount + %3$d - 1) // %3$d)) AS number
          FROM idc_index SEMI JOIN chosen USING (collection_id)
        ), identified AS (
          SELECT *, md5(crdc_series_uuid || number)::UUID::VARCHAR AS crdc_instance_uuid
          FROM instances
        )
        SELECT collection_id, PatientID, StudyInstanceUID, SeriesInstanceUID,
          left(regexp_replace(SeriesInstanceUID, '[^.]*$', '')
            || md5_number(crdc_instance_uuid), 64) AS SOPInstanceUID,
          Modality, BodyPartExamined, StudyDate, SeriesDescription, source_DOI,
          md5(StudyInstanceUID)::UUID::VARCHAR AS crdc_study_uuid, crdc_series_uuid,
          crdc_instance_uuid,
          'gs://' || aws_bucket || '/' || crdc_series_uuid || '/' || crdc_instance_uuid || '.dcm'
            AS gcs_url
        FROM identified
      ) TO '%4$s' (FORMAT parquet, COMPRESSION zstd)
      """;

  private ExpandedIndex() {}

  /**
   * Writes the data set, unless it exists. Uses {@link #COLLECTION}, and then the smallest
   * collections.
   *
   * @param folder the folder of the data set
   * @param settings the settings of DuckDB
   * @param instances the maximum number of instances
   * @param divisor by which number to divide the number of instances of each series
   */
  static void write(Path wheel, Path folder, Properties settings, long instances, long divisor)
      throws IOException, SQLException {
    if (Files.exists(folder)) {
      return;
    }
    Path unfinished = Files.createDirectories(folder.resolveSibling(folder.getFileName() + ".new"));
    Path index = folder.resolveSibling("idc_index.parquet");
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      extract(zip, RELEASE, unfinished.resolve(RELEASE));
      extract(zip, "idc_index.parquet", index);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", settings);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE VIEW idc_index AS FROM '%s'".formatted(index));
      statement.execute(
          ROWS.formatted(
              COLLECTION, instances, divisor, unfinished.resolve("dicom_pivot.parquet")));
    }
    Files.delete(index);
    Files.move(unfinished, folder);
  }

  private static void extract(ZipFile zip, String table, Path file) throws IOException {
    try (InputStream in = zip.getInputStream(zip.getEntry(FOLDER_IN_WHEEL + table))) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
