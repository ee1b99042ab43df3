package io.github.idc4j.service.data;

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
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.duckdb.DuckDBConnection;

/**
 * The DuckDB database of the service. It contains the tables of the sample data. The attached
 * database {@code state} contains accounts and cohorts.
 */
public final class Database implements AutoCloseable {

  /** The name of the table of collections. */
  static final String COLLECTIONS = "collections";

  private static final String FILE_TYPE = ".parquet";
  private static final int MAX_THREADS = 4;

  private final DuckDBConnection connection;
  private final List<Version> versions;

  /** A data release. */
  public record Version(String number, String dateActive, boolean active) {}

  private Database(DuckDBConnection connection) {
    this.connection = connection;
    List<CSVRecord> rows = Tables.own("versions.csv");
    this.versions =
        rows.stream()
            .map(
                row ->
                    new Version(
                        row.get("idc_data_version"),
                        row.get("date_active"),
                        row == rows.get(rows.size() - 1)))
            .toList();
  }

  /**
   * Opens the sample data, and generates them if they do not exist.
   *
   * @param state the file for accounts and cohorts; if empty, they are kept in memory
   */
  public static Database open(
      Catalogue catalogue, Path home, long seed, SampleSize size, Optional<Path> state)
      throws IOException, SQLException {
    Path folder = new SampleData(catalogue, seed, size).in(home);
    Properties properties = new Properties();
    properties.setProperty("memory_limit", "1GB");
    properties.setProperty(
        "threads",
        Integer.toString(Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors())));
    // DuckDB creates this folder when a query exceeds the memory limit, and deletes it when the
    // database is closed.
    properties.setProperty(
        "temp_directory",
        Path.of(System.getProperty("java.io.tmpdir"), "idc4j-duckdb-" + UUID.randomUUID())
            .toString());
    properties.setProperty("autoinstall_known_extensions", "false");
    DuckDBConnection connection =
        (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
    try (Statement statement = connection.createStatement()) {
      for (Path file : files(folder)) {
        statement.execute(
            "CREATE VIEW "
                + file.getFileName().toString().replace(FILE_TYPE, "")
                + " AS SELECT * FROM read_parquet("
                + quote(file.toString())
                + ")");
      }
      statement.execute(
          "ATTACH " + quote(state.map(Path::toString).orElse(":memory:")) + " AS state");
      return new Database(connection);
    } catch (SQLException | IOException e) {
      connection.close();
      throw e;
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(FILE_TYPE)).toList();
    }
  }

  /** Returns the Parquet file of a table. */
  static Path file(Path folder, String table) {
    return folder.resolve(table + FILE_TYPE);
  }

  /** Returns a string as an SQL literal. Pass values from requests as parameters instead. */
  public static String quote(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Opens a new connection to the same data. */
  public Connection connect() throws SQLException {
    return connection.duplicate();
  }

  /** Returns the data releases, oldest first. The last data release is the active one. */
  public List<Version> versions() {
    return versions;
  }

  /** Returns the active data release. */
  public Version activeVersion() {
    return versions.get(versions.size() - 1);
  }

  /**
   * Returns the name of a table in responses, such as {@code
   * bigquery-public-data.idc_v4.tcga_clinical_rel9}.
   */
  public String dataSource(String table) {
    String release =
        table.equals(Catalogue.PIVOT) ? activeVersion().number().replaceAll("\\..*", "") : "4";
    return "bigquery-public-data.idc_v" + release + "." + table;
  }

  /** Returns the collections in the format of {@code GET /collections}. */
  public List<Map<String, Object>> collections() throws SQLException {
    List<Map<String, Object>> collections = new ArrayList<>();
    try (Connection own = connect();
        Statement statement = own.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT * FROM " + COLLECTIONS + " ORDER BY collection_id")) {
      while (rows.next()) {
        Map<String, Object> collection = new TreeMap<>();
        String id = rows.getString("collection_id");
        collection.put("cancer_type", rows.getString("cancer_type"));
        collection.put("collection_id", id);
        collection.put("date_updated", rows.getString("date_updated"));
        collection.put("description", "<p>Synthetic sample of " + id + ".</p>");
        collection.put("doi", rows.getString("doi"));
        collection.put("image_types", rows.getString("modalities"));
        collection.put("location", rows.getString("location"));
        collection.put("species", rows.getString("species"));
        collection.put("subject_count", rows.getInt("patients"));
        collection.put("supporting_data", rows.getString("supporting_data"));
        collections.add(collection);
      }
    }
    return collections;
  }

  /** Returns the analysis results in the format of {@code GET /analysis_results}. */
  public List<Map<String, Object>> analysisResults() {
    return Tables.own("analysis-results.csv").stream().map(Database::analysisResult).toList();
  }

  private static Map<String, Object> analysisResult(CSVRecord row) {
    Map<String, Object> result = new TreeMap<>(row.toMap());
    result.put("active", Boolean.valueOf(row.get("active")));
    result.put("idc_data_versions", List.of(row.get("idc_data_versions").split("\\|")));
    result.put("subject_count", Integer.valueOf(row.get("subject_count")));
    if (row.get("date_updated").isEmpty()) {
      result.put("date_updated", null);
    }
    return result;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
