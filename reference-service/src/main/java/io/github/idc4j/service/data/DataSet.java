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
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Loads published tables into a DuckDB file, once. The file has the tables that the service
 * queries: {@code dicom_pivot}, in the order of {@code /dicomMetadata}, the clinical tables, and
 * the metadata of the release.
 */
final class DataSet {

  /** Raise it when the tables of the file change. */
  private static final int GENERATION = 1;

  private static final String FILE = "data.duckdb";

  private final Catalogue catalogue;
  private final Path home;

  DataSet(Catalogue catalogue, Path home) {
    this.catalogue = catalogue;
    this.home = home;
  }

  /**
   * Returns the DuckDB file of the data set in the given paths; creates it if it does not exist.
   *
   * @throws DataSetException if the files are not a data set
   */
  Path load(List<Path> paths) throws IOException {
    SourceFiles files = SourceFiles.in(paths);
    Path folder = home.resolve("data-" + GENERATION + "-" + files.fingerprint());
    try {
      return SharedFolder.create(folder, unfinished -> load(files, unfinished)).resolve(FILE);
    } catch (SQLException e) {
      throw new DataSetException(
          "Cannot load "
              + paths.stream().map(Path::toString).collect(Collectors.joining(", "))
              + " into "
              + home
              + ": "
              + reason(e)
              + (reason(e).contains("No space left")
                  ? ". Free disk space, or set IDC4J_HOME to a folder on another disk."
                  : ". If a file is damaged, download it again."),
          e);
    }
  }

  /** Returns the first line of DuckDB's message; those after it show the SQL. */
  private static String reason(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private void load(SourceFiles files, Path folder) throws IOException, SQLException {
    Path extracted = Files.createDirectory(folder.resolve("extracted"));
    List<Path> all = new ArrayList<>(files.tables());
    for (Path wheel : files.wheels()) {
      Path own = Files.createDirectory(extracted.resolve(Integer.toString(all.size())));
      Wheel.extract(wheel, own);
      all.addAll(SourceFiles.in(List.of(own)).tables());
    }
    Properties properties = Database.properties(folder.resolve("temporary"));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
        Statement statement = connection.createStatement()) {
      Map<SourceTable, Set<String>> tables = views(statement, all);
      requireRelease(statement, tables.keySet());
      statement.execute(
          "ATTACH " + Database.quote(folder.resolve(FILE).toString()) + " AS " + Database.DATA);
      for (String sql : new DataSetSql(catalogue, tables).statements()) {
        statement.execute(sql);
      }
      statement.execute("DETACH " + Database.DATA);
    }
    SharedFolder.delete(extracted);
  }

  /** Makes a view of each table; returns the columns of each. */
  private static Map<SourceTable, Set<String>> views(Statement statement, List<Path> files)
      throws DataSetException, SQLException {
    Map<SourceTable, List<Path>> byTable = new EnumMap<>(SourceTable.class);
    for (Path file : files) {
      table(statement, file)
          .ifPresent(table -> byTable.computeIfAbsent(table, key -> new ArrayList<>()).add(file));
    }
    Map<SourceTable, Set<String>> columns = new EnumMap<>(SourceTable.class);
    for (Map.Entry<SourceTable, List<Path>> entry : byTable.entrySet()) {
      requireOneFolder(entry.getKey(), entry.getValue());
      String read =
          entry.getValue().stream()
              .map(file -> Database.quote(file.toString()))
              .collect(Collectors.joining(", ", "read_parquet([", "])"));
      statement.execute("CREATE VIEW " + entry.getKey().tableName() + " AS SELECT * FROM " + read);
      columns.put(entry.getKey(), columns(statement, read));
    }
    return columns;
  }

  /** Recognizes a table by the name of its file or folder, or else by its columns. */
  private static Optional<SourceTable> table(Statement statement, Path file)
      throws DataSetException {
    Set<String> columns;
    try {
      columns = columns(statement, "read_parquet(" + Database.quote(file.toString()) + ")");
    } catch (SQLException e) {
      throw new DataSetException(
          "Cannot read " + file + " as a Parquet file: " + reason(e) + ". Download it again.", e);
    }
    String name = file.getFileName().toString().replace(Database.FILE_TYPE, "");
    Optional<SourceTable> named =
        Stream.of(name, file.getParent().getFileName().toString())
            .map(SourceTable::named)
            .flatMap(Optional::stream)
            .findFirst();
    if (named.isPresent() && !named.get().missingFrom(columns).isEmpty()) {
      throw new DataSetException(
          file
              + " is not the table "
              + named.get().tableName()
              + ": it has no column "
              + String.join(", ", named.get().missingFrom(columns))
              + ". Use the file that IDC publishes under this name.");
    }
    return named.or(() -> SourceTable.withColumns(columns));
  }

  private static Set<String> columns(Statement statement, String table) throws SQLException {
    Set<String> columns = new LinkedHashSet<>();
    try (ResultSet rows = statement.executeQuery("DESCRIBE SELECT * FROM " + table)) {
      while (rows.next()) {
        columns.add(rows.getString("column_name"));
      }
    }
    return columns;
  }

  /** The parts of a table are in one folder; two folders are two releases, or the same twice. */
  private static void requireOneFolder(SourceTable table, List<Path> files)
      throws DataSetException {
    List<Path> folders = files.stream().map(Path::getParent).distinct().toList();
    if (folders.size() > 1) {
      throw new DataSetException(
          "The table "
              + table.tableName()
              + " is there twice, in "
              + folders.get(0)
              + " and "
              + folders.get(1)
              + ". Use the files of one release.");
    }
  }

  private static void requireRelease(Statement statement, Set<SourceTable> tables)
      throws DataSetException, SQLException {
    if (!tables.contains(SourceTable.IDC_INDEX) && !tables.contains(SourceTable.DICOM_PIVOT)) {
      throw new DataSetException(
          "The data has no images: neither the table idc_index, which is in a wheel of the Python"
              + " package idc-index-data, nor dicom_pivot. Add one of them.");
    }
    if (!tables.contains(SourceTable.VERSION_METADATA_INDEX)) {
      throw new DataSetException(
          "The data does not say of which release it is: there is no table"
              + " version_metadata_index. It is in a wheel of the Python package idc-index-data;"
              + " add that of the same release.");
    }
    if (tables.contains(SourceTable.IDC_INDEX)) {
      requireSame(
          statement,
          "SELECT max(idc_version) FROM version_metadata_index",
          "SELECT max(series_revised_idc_version) FROM idc_index");
    }
  }

  private static void requireSame(Statement statement, String release, String newest)
      throws DataSetException, SQLException {
    long of = number(statement, release);
    long series = number(statement, newest);
    if (of != series) {
      throw new DataSetException(
          "The data mixes releases: version_metadata_index is of release "
              + of
              + ", but idc_index has series of release "
              + series
              + ". Use the files of one release.");
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
