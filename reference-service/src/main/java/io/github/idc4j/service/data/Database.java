package io.github.idc4j.service.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.duckdb.DuckDBConnection;

/** The DuckDB database of the service. The attached database {@code data} contains the data set. */
public final class Database implements AutoCloseable {

  static final String DATA = "data";
  static final String FILE_TYPE = ".parquet";

  private final DuckDBConnection connection;
  private final TemporaryFolder temporary;
  private final boolean synthetic;
  private final List<Version> versions;
  private final Map<String, Column> columns;
  private final Mapping mapping = new Mapping();

  /** A data release. */
  public record Version(String number, String dateActive, boolean active) {}

  /**
   * A column of the data set.
   *
   * @param derived whether the values are derived from other columns, such as columns of the
   *     collection
   */
  public record Column(boolean derived) {}

  private Database(DuckDBConnection connection, TemporaryFolder temporary, boolean synthetic)
      throws SQLException {
    this.connection = connection;
    this.temporary = temporary;
    this.synthetic = synthetic;
    this.versions = readVersions();
    this.columns = readColumns();
  }

  /**
   * Opens a data set or the sample data. If necessary, first loads the data set or generates the
   * sample data.
   *
   * @param sources the wheels, Parquet files and folders of the data set; if empty, the sample data
   *     are opened
   * @param home the folder for loaded data sets and the sample data
   * @param seed the seed of the sample data
   * @param size the size of the sample data
   * @throws DataSetException if the sources do not form a usable data set
   */
  public static Database open(
      Catalogue catalogue, List<Path> sources, Path home, long seed, SampleSize size)
      throws IOException, SQLException {
    TemporaryFolder temporary = TemporaryFolder.create("duckdb");
    try {
      Path data = file(catalogue, sources, home, seed, size);
      DuckDBConnection connection =
          (DuckDBConnection)
              DriverManager.getConnection(
                  "jdbc:duckdb:", DuckDbSettings.of(temporary.path().resolve("spill")));
      UnpackedLibraries.loadAndDelete();
      try (Statement statement = connection.createStatement()) {
        attach(statement, data);
        return new Database(connection, temporary, sources.isEmpty());
      } catch (IOException | SQLException e) {
        connection.close();
        throw e;
      }
    } catch (IOException | SQLException | RuntimeException e) {
      temporary.close();
      throw e;
    }
  }

  private static Path file(
      Catalogue catalogue, List<Path> sources, Path home, long seed, SampleSize size)
      throws IOException, SQLException {
    if (sources.isEmpty() && size.scaled()) {
      return new ScaledSample(catalogue, seed, size).in(home);
    }
    List<Path> files =
        sources.isEmpty() ? List.of(new SampleData(catalogue, seed, size).in(home)) : sources;
    return new DataSet(catalogue, home).load(files);
  }

  private static void attach(Statement statement, Path data) throws DataSetException {
    try {
      statement.execute("ATTACH " + quote(data.toString()) + " AS " + DATA + " (READ_ONLY)");
    } catch (SQLException e) {
      throw new DataSetException(
          "The loaded data in "
              + data
              + " cannot be read. Delete the folder "
              + data.getParent()
              + ". The next start loads the data again.",
          e);
    }
  }

  /** Returns a string as an SQL literal. Pass values from requests as parameters instead. */
  public static String quote(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Returns the name that SQL statements must use for a table of the data set. */
  public static String table(String name) {
    return DATA + "." + name;
  }

  private List<Version> readVersions() throws SQLException {
    List<Version> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + table("versions"))) {
      while (rows.next()) {
        found.add(
            new Version(
                rows.getString("idc_data_version"),
                rows.getString("date_active"),
                rows.getBoolean("active")));
      }
    }
    return List.copyOf(found);
  }

  private Map<String, Column> readColumns() throws SQLException {
    Map<String, Column> found = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + table("columns"))) {
      while (rows.next()) {
        found.put(
            rows.getString("name"),
            new Column(Mapping.Kind.valueOf(rows.getString("kind")) == Mapping.Kind.DERIVED));
      }
    }
    return Map.copyOf(found);
  }

  /** Opens a new connection to the same data. */
  public Connection connect() throws SQLException {
    return connection.duplicate();
  }

  /** Returns whether the data are the sample data, rather than a data set. */
  public boolean isSynthetic() {
    return synthetic;
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
   * Returns the number of instances. If the data set has no instances, returns the number of
   * series.
   */
  public long rows() throws SQLException {
    try (Connection own = connect();
        Statement statement = own.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table(Catalogue.PIVOT))) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /**
   * Runs a statement that reads no table.
   *
   * @throws SQLException if the database does not work
   */
  public void check() throws SQLException {
    try (Connection own = connect();
        Statement statement = own.createStatement()) {
      statement.execute("SELECT 1");
    }
  }

  /** Returns the column of an attribute; empty if the data set does not have the column. */
  public Optional<Column> column(Attribute attribute) {
    return Optional.ofNullable(columns.get(attribute.name()));
  }

  /** Returns the names of the attributes whose columns the data set has. */
  public Set<String> columnNames() {
    return columns.keySet();
  }

  /**
   * Returns the names that the column of an attribute can have in the published table of the
   * attribute, in order of preference.
   */
  public List<String> publishedNames(Attribute attribute) {
    return mapping.publishedNames(attribute);
  }

  /** Returns the published table that has an attribute; empty if no published table has it. */
  public Optional<String> publishedIn(Attribute attribute) {
    return mapping.publishedIn(attribute).map(SourceTable::tableName);
  }

  /**
   * Returns whether a manifest can have an attribute of the instances even if the data set has only
   * series. See {@link InstanceColumns}.
   */
  public boolean isListable(Attribute attribute) {
    return mapping.listed(attribute).isPresent();
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

  /**
   * Returns the collections in the format of {@code GET /collections}; empty if the data set has no
   * table of collections.
   */
  public Optional<List<Map<String, Object>>> collections() throws SQLException {
    return rows("collections");
  }

  /**
   * Returns the analysis results in the format of {@code GET /analysis_results}; empty if the data
   * set has no table of analysis results.
   */
  public Optional<List<Map<String, Object>>> analysisResults() throws SQLException {
    return rows("analysis_results");
  }

  private Optional<List<Map<String, Object>>> rows(String table) throws SQLException {
    try (Connection own = connect()) {
      return exists(own, table) ? Optional.of(rows(own, table)) : Optional.empty();
    }
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (ResultSet tables = connection.getMetaData().getTables(DATA, null, table, null)) {
      return tables.next();
    }
  }

  private static List<Map<String, Object>> rows(Connection connection, String table)
      throws SQLException {
    List<Map<String, Object>> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + table(table))) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        Map<String, Object> row = new TreeMap<>();
        for (int i = 1; i <= columns; i++) {
          Object value = rows.getObject(i);
          row.put(
              rows.getMetaData().getColumnName(i),
              value instanceof Array list ? Arrays.asList((Object[]) list.getArray()) : value);
        }
        found.add(row);
      }
    }
    return found;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    try {
      temporary.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Temporary files cannot be deleted", e);
    }
  }
}
