package io.github.idc4j.service.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Loads the published tables of a data set into a {@link DataFile}. */
final class DataSet {

  /**
   * The earliest release that can be loaded. Wheels of earlier releases do not contain the table
   * {@code version_metadata_index}.
   */
  private static final int OLDEST_RELEASE = 24;

  private final Catalogue catalogue;
  private final Path home;

  DataSet(Catalogue catalogue, Path home) {
    this.catalogue = catalogue;
    this.home = home;
  }

  /**
   * Returns the DuckDB file for the data set at the given paths. Creates the DuckDB file if it does
   * not exist.
   *
   * @throws DataSetException if the files at the paths do not form a usable data set
   */
  Path load(List<Path> paths) throws IOException {
    SourceFiles files = SourceFiles.in(paths);
    try {
      return DataFile.create(home, files::addTo, unfinished -> load(files, unfinished));
    } catch (SQLException e) {
      throw new DataSetException(
          "Cannot load %s into %s: %s. %s"
              .formatted(
                  paths.stream().map(Path::toString).collect(Collectors.joining(", ")),
                  home,
                  DataFile.reason(e),
                  DataFile.advice(DataFile.reason(e), "If a file is damaged, download it again.")),
          e);
    }
  }

  private void load(SourceFiles files, Path folder) throws IOException, SQLException {
    Path extracted = Files.createDirectory(folder.resolve("extracted"));
    List<SourceFile> all = new ArrayList<>(files.tables());
    for (Path wheel : files.wheels()) {
      Path own = Files.createDirectory(extracted.resolve(Integer.toString(all.size())));
      all.addAll(Wheel.extract(wheel, own));
    }
    try (Connection connection = DataFile.connect("", folder);
        Statement statement = connection.createStatement()) {
      Map<SourceTable, Columns> tables = views(statement, all);
      requireRelease(statement, tables.keySet());
      DataFile.write(statement, new DataSetSql(catalogue, tables, false), folder);
    }
    SharedFolder.delete(extracted);
  }

  /** Creates a view for each table. Returns the columns of each table. */
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

  /**
   * Returns the table that a file contains. Recognizes the table by the name of the file or of its
   * folder. If neither is the name of a table, recognizes the table by the columns. Returns empty
   * if the file contains another table.
   */
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
              + DataFile.reason(e)
              + ". Download the file again.",
          e);
    }
    String name = file.path().getFileName().toString().replace(Database.FILE_TYPE, "");
    Optional<SourceTable> named =
        SourceTable.named(name).or(() -> SourceTable.named(folderName(file)));
    if (named.isPresent() && !named.get().missingFrom(columns).isEmpty()) {
      throw new DataSetException(
          "%s is not a valid table %s. Missing columns: %s. Use the file with this name from IDC release %d or newer."
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

  /**
   * Refuses several files with the same table, unless the files are parts of the table. The parts
   * of a table must be in one folder that has the name of the table.
   */
  private static void requireOneTable(SourceTable table, List<SourceFile> files)
      throws DataSetException {
    boolean parts =
        table.hasParts()
            && files.stream().map(file -> file.path().getParent()).distinct().count() == 1
            && folderName(files.get(0)).equalsIgnoreCase(table.tableName());
    if (files.size() > 1 && !parts) {
      throw new DataSetException(
          "The data contains the table "
              + table.tableName()
              + " twice: in "
              + files.get(0).displayName()
              + " and in "
              + files.get(1).displayName()
              + ". Use only one of these files, from the same release as the other tables."
              + (table.hasParts()
                  ? " If both files are parts of the table, put them into a folder with the name "
                      + table.tableName()
                      + "."
                  : ""));
    }
  }

  private static void requireRelease(Statement statement, Set<SourceTable> tables)
      throws DataSetException, SQLException {
    if (!tables.contains(SourceTable.IDC_INDEX) && !tables.contains(SourceTable.DICOM_PIVOT)) {
      throw new DataSetException(
          "The data contains neither the table idc_index nor the table dicom_pivot. Add a wheel of"
              + " the Python package idc-index-data, which contains idc_index, or a Parquet export of"
              + " dicom_pivot.");
    }
    if (!tables.contains(SourceTable.VERSION_METADATA_INDEX)) {
      throw new DataSetException(
          "The release of the data is unknown, because the table version_metadata_index is missing."
              + " Add this table from the same release. Wheels of the Python package idc-index-data"
              + " contain it since release "
              + OLDEST_RELEASE
              + ".");
    }
    if (number(
            statement,
            "SELECT count(*) FILTER (WHERE idc_version IS NOT NULL AND version_timestamp IS NOT NULL) FROM version_metadata_index")
        == 0) {
      throw new DataSetException(
          "The table version_metadata_index has no release with a number and a date. Download the"
              + " table again.");
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
          "The data mixes releases: version_metadata_index is from release "
              + published
              + ", but the newest series in idc_index are from release "
              + series
              + ". Use only files from the same release.");
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
