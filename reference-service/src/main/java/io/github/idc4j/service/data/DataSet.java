package io.github.idc4j.service.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Loads the published tables of a data set into a {@link DataFile}. */
final class DataSet {

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
    String what =
        "Cannot load %s into %s"
            .formatted(paths.stream().map(Path::toString).collect(Collectors.joining(", ")), home);
    try {
      return DataFile.create(home, files::addTo, unfinished -> load(files, unfinished));
    } catch (SQLException e) {
      throw LoadFailure.of(what, e, "If a file is damaged, download it again.");
    } catch (IOException e) {
      throw LoadFailure.isFull(e) ? LoadFailure.of(what, e, "") : e;
    }
  }

  private void load(SourceFiles sources, Path folder) throws IOException, SQLException {
    Path extracted = Files.createDirectory(folder.resolve("extracted"));
    List<SourceFile> all = new ArrayList<>(sources.tables());
    for (Path wheel : sources.wheels()) {
      Path own = Files.createDirectory(extracted.resolve(Integer.toString(all.size())));
      all.addAll(Wheel.extract(wheel, own));
    }
    try (Connection connection = DataFile.connect("", folder);
        Statement statement = connection.createStatement()) {
      Map<SourceTable, List<SourceFile>> files = byTable(statement, all);
      Map<SourceTable, Columns> tables = views(statement, files);
      try {
        Releases.require(statement, files);
        DataFile.write(statement, new DataSetSql(catalogue, tables, false), folder);
      } catch (SQLException e) {
        if (LoadFailure.canBeDamage(e)) {
          requireUndamaged(connection, all);
        }
        throw e;
      }
    }
    UnfinishedFolder.delete(extracted);
  }

  /** Reads all values of each file, to find out which file is damaged. */
  private static void requireUndamaged(Connection connection, List<SourceFile> files)
      throws DataSetException {
    for (SourceFile file : files) {
      String read = "read_parquet(" + Database.quote(file.path().toString()) + ")";
      // A failure closes a statement of DuckDB, so each file needs its own.
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT sum(hash(t)) FROM " + read + " AS t");
      } catch (SQLException e) {
        throw new DataSetException(
            file.displayName()
                + " is damaged: "
                + LoadFailure.reason(e)
                + ". Download the file again.",
            e);
      }
    }
  }

  private static Map<SourceTable, List<SourceFile>> byTable(
      Statement statement, List<SourceFile> files) throws DataSetException {
    Map<SourceTable, List<SourceFile>> byTable = new EnumMap<>(SourceTable.class);
    for (SourceFile file : files) {
      table(statement, file)
          .ifPresent(table -> byTable.computeIfAbsent(table, key -> new ArrayList<>()).add(file));
    }
    return byTable;
  }

  /** Creates a view for each table. Returns the columns of each table. */
  private static Map<SourceTable, Columns> views(
      Statement statement, Map<SourceTable, List<SourceFile>> files)
      throws DataSetException, SQLException {
    Map<SourceTable, Columns> columns = new EnumMap<>(SourceTable.class);
    for (Map.Entry<SourceTable, List<SourceFile>> entry : files.entrySet()) {
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
              + LoadFailure.reason(e)
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
                  Releases.OLDEST));
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
}
