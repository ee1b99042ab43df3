package io.github.idc4j.benchmarks;

import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.service.data.DuckDbSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The query of a manifest without a service: DuckDB writes its sorted rows to a temporary table.
 * The DuckDB file and the settings are those of the service.
 */
final class BareQuery {

  /** The columns of the manifest columns that the index has exactly. */
  private static final Map<ManifestColumn, String> COLUMNS =
      Map.of(
          ManifestColumn.COLLECTION_ID, "collection_id",
          ManifestColumn.PATIENT_ID, "\"PatientID\"",
          ManifestColumn.STUDY_INSTANCE_UID, "\"StudyInstanceUID\"",
          ManifestColumn.SERIES_INSTANCE_UID, "\"SeriesInstanceUID\"",
          ManifestColumn.SOURCE_DOI, "\"source_DOI\"",
          ManifestColumn.CRDC_SERIES_GUID, "crdc_series_uuid",
          ManifestColumn.GCS_URL, "gcs_url");

  private final Path database;
  private final Path temporary;
  private final String columns;
  private final String order;

  /**
   * Creates a query.
   *
   * @param manifest the columns, in the order of the manifest; it is sorted by the last one first
   */
  BareQuery(Path database, Path temporary, List<ManifestColumn> manifest) {
    this.database = database;
    this.temporary = temporary;
    List<String> names = manifest.stream().map(COLUMNS::get).toList();
    this.columns = String.join(", ", names);
    List<String> sorted = new ArrayList<>(names.subList(0, names.size() - 1));
    sorted.add(0, names.get(names.size() - 1));
    this.order =
        sorted.stream().map(name -> name + " NULLS FIRST").collect(Collectors.joining(", "));
  }

  /**
   * Opens the file, runs the query for one collection to warm up, and then runs the measured query.
   *
   * @param warmUp the ID of the collection to warm up with
   * @param collection the ID of the collection; empty for all collections
   * @return the time of the measured query in seconds
   */
  double seconds(String warmUp, String collection) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:", DuckDbSettings.of(temporary));
        Statement statement = connection.createStatement()) {
      statement.execute("ATTACH '" + database + "' AS data (READ_ONLY)");
      run(statement, "warm_up", warmUp);
      long begin = System.nanoTime();
      run(statement, "bare", collection);
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  private void run(Statement statement, String table, String collection) throws SQLException {
    String where = collection.isEmpty() ? "" : " WHERE collection_id = '" + collection + "'";
    statement.execute(
        "CREATE TEMP TABLE %s AS SELECT DISTINCT %s FROM data.dicom_pivot%s ORDER BY %s"
            .formatted(table, columns, where, order));
  }
}
