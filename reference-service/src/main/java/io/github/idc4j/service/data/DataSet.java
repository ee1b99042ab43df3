package io.github.idc4j.service.data;

import io.github.idc4j.openapi.IdcOpenApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Loads published tables into a DuckDB file, once. The file has the tables that the service
 * queries: {@code dicom_pivot}, in the order of {@code /dicomMetadata}, the clinical tables, and
 * the metadata of the release.
 */
final class DataSet {

  /** Raise it when the tables of the file change. */
  private static final int GENERATION = 1;

  private static final String FILE = "data.duckdb";

  /** Wheels of earlier releases have no table of the releases. */
  private static final int OLDEST_RELEASE = 24;

  private final Catalogue catalogue;
  private final Path home;

  DataSet(Catalogue catalogue, Path home) {
    this.catalogue = catalogue;
    this.home = home;
  }

  /**
   * Returns the DuckDB file of the data set in the given paths. Creates the file if it does not
   * exist.
   *
   * @throws DataSetException if the files are not a data set
   */
  Path load(List<Path> paths) throws IOException {
    SourceFiles files = SourceFiles.in(paths);
    Path folder = home.resolve("data-" + GENERATION + "-" + fingerprint(files));
    try {
      return SharedFolder.create(folder, unfinished -> load(files, unfinished)).resolve(FILE);
    } catch (SQLException e) {
      throw new DataSetException(
          "Cannot load %s into %s: %s. %s"
              .formatted(
                  paths.stream().map(Path::toString).collect(Collectors.joining(", ")),
                  home,
                  reason(e),
                  advice(reason(e))),
          e);
    }
  }

  /** Returns a text that changes if a file, the mapping or the catalogue changes. */
  private static String fingerprint(SourceFiles files) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.addTo(digest);
      for (URL table : List.of(Mapping.TABLE, IdcOpenApi.attributes())) {
        try (InputStream in = table.openStream()) {
          digest.update(in.readAllBytes());
        }
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the first line of DuckDB's message. The other lines show the SQL. */
  private static String reason(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static String advice(String reason) {
    if (reason.contains("No space left")) {
      return "Free disk space, or set IDC4J_HOME to a folder on another disk.";
    }
    return reason.startsWith("Out of Memory")
        ? "Use a machine with more memory, or fewer files."
        : "If a file is damaged, download it again.";
  }

  private void load(SourceFiles files, Path folder) throws IOException, SQLException {
    Path extracted = Files.createDirectory(folder.resolve("extracted"));
    List<SourceFile> all = new ArrayList<>(files.tables());
    for (Path wheel : files.wheels()) {
      Path own = Files.createDirectory(extracted.resolve(Integer.toString(all.size())));
      all.addAll(Wheel.extract(wheel, own));
    }
    Properties properties = Database.properties(folder.resolve("temporary"));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
        Statement statement = connection.createStatement()) {
      Map<SourceTable, Columns> tables = views(statement, all);
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

  /** Creates a view of each table. Returns the columns of each table. */
  private static Map<SourceTable, Columns> views(Statement statement, List<SourceFile> files)
      throws DataSetException, SQLException {
    Map<SourceTable, List<SourceFile>> byTable = new EnumMap<>(SourceTable.class);
    for (SourceFile file : files) {
      table(statement, file)
          .ifPresent(table -> byTable.computeIfAbsent(table, key -> new ArrayList<>()).add(file));
    }
    Map<SourceTable, Columns> columns = new EnumMap<>(SourceTable.class);
    for (Map.Entry<SourceTable, List<SourceFile>> entry : byTable.entrySet()) {
      requireOneTable(entry.getKey(), entry.getValue());
      String read =
          entry.getValue().stream()
              .map(file -> Database.quote(file.path().toString()))
              .collect(Collectors.joining(", ", "read_parquet([", "])"));
      statement.execute("CREATE VIEW " + entry.getKey().tableName() + " AS SELECT * FROM " + read);
      columns.put(entry.getKey(), Columns.of(statement, read));
    }
    return columns;
  }

  /** Recognizes a table by the name of its file or folder. If neither fits, its columns decide. */
  private static Optional<SourceTable> table(Statement statement, SourceFile file)
      throws DataSetException {
    Columns columns;
    try {
      columns =
          Columns.of(statement, "read_parquet(" + Database.quote(file.path().toString()) + ")");
    } catch (SQLException e) {
      throw new DataSetException(
          "Cannot read "
              + file.displayName()
              + " as a Parquet file: "
              + reason(e)
              + ". Download it again.",
          e);
    }
    String name = file.path().getFileName().toString().replace(Database.FILE_TYPE, "");
    Optional<SourceTable> named =
        SourceTable.named(name).or(() -> SourceTable.named(folderName(file)));
    if (named.isPresent() && !named.get().missingFrom(columns).isEmpty()) {
      throw new DataSetException(
          "%s is not the table %s: it has no column %s. Use the file of that name of IDC release %d or newer."
              .formatted(
                  file.displayName(),
                  named.get().tableName(),
                  String.join(", ", named.get().missingFrom(columns)),
                  OLDEST_RELEASE));
    }
    return named.or(() -> SourceTable.withColumns(columns));
  }

  private static String folderName(SourceFile file) {
    return file.path().getParent().getFileName().toString();
  }

  /** Refuses a table twice. The parts of a table are in one folder, which has its name. */
  private static void requireOneTable(SourceTable table, List<SourceFile> files)
      throws DataSetException {
    boolean parts =
        table.hasParts()
            && files.stream().map(file -> file.path().getParent()).distinct().count() == 1
            && folderName(files.get(0)).equalsIgnoreCase(table.tableName());
    if (files.size() > 1 && !parts) {
      throw new DataSetException(
          "The table "
              + table.tableName()
              + " is given twice: as "
              + files.get(0).displayName()
              + " and as "
              + files.get(1).displayName()
              + ". Use the files of one release."
              + (table.hasParts()
                  ? " If they are parts of one table, put them into a folder with the name "
                      + table.tableName()
                      + "."
                  : ""));
    }
  }

  private static void requireRelease(Statement statement, Set<SourceTable> tables)
      throws DataSetException, SQLException {
    if (!tables.contains(SourceTable.IDC_INDEX) && !tables.contains(SourceTable.DICOM_PIVOT)) {
      throw new DataSetException(
          "The data has neither the table idc_index, which is in a wheel of the Python package"
              + " idc-index-data, nor the table dicom_pivot. Add one of them.");
    }
    if (!tables.contains(SourceTable.VERSION_METADATA_INDEX)) {
      throw new DataSetException(
          "The release of the data is unknown, because the table version_metadata_index is missing."
              + " Add the wheel of the Python package idc-index-data of the same release, which is"
              + " release "
              + OLDEST_RELEASE
              + " or newer.");
    }
    if (number(
            statement,
            "SELECT count(*) FILTER (WHERE idc_version IS NOT NULL AND version_timestamp IS NOT NULL) FROM version_metadata_index")
        == 0) {
      throw new DataSetException(
          "The table version_metadata_index has no release with a number and a date. Download it"
              + " again.");
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
    long published = number(statement, release);
    long series = number(statement, newest);
    if (published != series) {
      throw new DataSetException(
          "The data mixes releases: version_metadata_index is of release "
              + published
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
