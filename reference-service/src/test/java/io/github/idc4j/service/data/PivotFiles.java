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

/** Writes the tables of a data set that has instances. */
public final class PivotFiles {

  private static final SampleSize SIZE = new SampleSize(Map.of("tcga_luad", 5), 50);

  private PivotFiles() {}

  /** Returns the columns of the table {@code dicom_pivot}. */
  public static List<String> columns() {
    return new Catalogue()
        .attributes().stream()
            .filter(attribute -> attribute.table().equals(Catalogue.PIVOT))
            .map(Attribute::name)
            // Column names are case-insensitive.
            .filter(name -> !name.equals("Program"))
            .toList();
  }

  /**
   * Writes the tables into a new folder.
   *
   * @param to the new folder
   * @param home the folder for the sample data
   * @param select the columns of {@code dicom_pivot}, as an SQL select list
   */
  public static Path write(Path to, Path home, String select) throws IOException, SQLException {
    Files.createDirectory(to);
    Path sample = new SampleData(new Catalogue(), 1, SIZE).in(home);
    for (SourceTable table : SourceTable.values()) {
      Path file = sample.resolve(table.tableName() + ".parquet");
      if (Files.exists(file) && table != SourceTable.DICOM_PIVOT) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT %s FROM '%s') TO '%s' (FORMAT parquet)"
              .formatted(
                  select,
                  sample.resolve("dicom_pivot.parquet"),
                  to.resolve("dicom_pivot.parquet")));
    }
    return to;
  }
}
