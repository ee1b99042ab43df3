package io.github.idc4j.service.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Generates scaled sample data into a {@link DataFile}. The same seed and size always result in the
 * same rows. DuckDB computes the instances while it writes them, so the memory that it needs does
 * not depend on their number. There are no Parquet files in between, because they would double the
 * time and the space on the disk.
 */
final class ScaledSample {

  private static final Logger LOG = LoggerFactory.getLogger(ScaledSample.class);

  private final Catalogue catalogue;
  private final long seed;
  private final SampleSize size;

  ScaledSample(Catalogue catalogue, long seed, SampleSize size) {
    this.catalogue = catalogue;
    this.seed = seed;
    this.size = size;
  }

  /**
   * Returns the DuckDB file. Generates the data if the file does not exist.
   *
   * @throws DataSetException if the disk or the memory is too small
   */
  Path in(Path home) throws IOException {
    String identity = SampleData.GENERATION + "-" + seed + "-" + size.fingerprint();
    try {
      return DataFile.create(
          home,
          digest -> digest.update(identity.getBytes(StandardCharsets.UTF_8)),
          unfinished -> {
            LOG.info(
                "Generating {} instances of sample data in {}. The next start reuses them.",
                "%,d".formatted(size.instances()),
                home);
            generate(unfinished);
          });
    } catch (SQLException e) {
      throw LoadFailure.of("Cannot generate the sample data in " + home, e, "");
    }
  }

  private void generate(Path folder) throws IOException, SQLException {
    // DuckDB compresses tables only in files. The tables of series would fill the memory otherwise.
    Path series = folder.resolve("series.duckdb");
    try (Connection connection = DataFile.connect(series.toString(), folder);
        Statement statement = connection.createStatement()) {
      SampleSql sample = new SampleSql(catalogue, seed, size);
      for (String sql : sample.statements()) {
        statement.execute(sql);
      }
      Map<SourceTable, Columns> tables = new EnumMap<>(SourceTable.class);
      for (Map.Entry<String, String> table : sample.tables().entrySet()) {
        statement.execute("CREATE VIEW " + table.getKey() + " AS " + table.getValue());
        tables.put(
            SourceTable.named(table.getKey()).orElseThrow(), Columns.of(statement, table.getKey()));
      }
      DataFile.write(statement, new DataSetSql(catalogue, tables, true), folder);
    }
    Files.delete(series);
  }
}
