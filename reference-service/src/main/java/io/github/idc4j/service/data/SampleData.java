package io.github.idc4j.service.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;

/**
 * The sample data: Parquet files that are generated once. The same seed and size always result in
 * the same bytes.
 */
final class SampleData {

  /**
   * The version of the generated values. Increase this number if a change of {@link SampleSql}
   * changes values.
   */
  static final int GENERATION = 3;

  private final Catalogue catalogue;
  private final long seed;
  private final SampleSize size;

  SampleData(Catalogue catalogue, long seed, SampleSize size) {
    this.catalogue = catalogue;
    this.seed = seed;
    this.size = size;
  }

  /**
   * Returns the folder with the Parquet files. Generates the files if the folder does not exist.
   *
   * @throws DataSetException if DuckDB cannot generate the files, for example for lack of disk
   *     space
   */
  Path in(Path home) throws IOException {
    Path folder = home.resolve("sample-" + GENERATION + "-" + seed + "-" + fingerprint());
    try {
      return SharedFolder.create(folder, this::generate);
    } catch (SQLException e) {
      throw LoadFailure.of("Cannot generate the sample data in " + home, e, "");
    }
  }

  private String fingerprint() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(size.fingerprint().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void generate(Path folder) throws SQLException {
    SampleSql sample = new SampleSql(catalogue, seed, size);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      // With several threads, the layout of the files would differ from run to run.
      statement.execute("SET threads = 1");
      for (String sql : sample.statements()) {
        statement.execute(sql);
      }
      for (Map.Entry<String, String> table : sample.tables().entrySet()) {
        statement.execute(
            "COPY ("
                + table.getValue()
                + ") TO "
                + Database.quote(folder.resolve(table.getKey() + Database.FILE_TYPE).toString())
                + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 16384)");
      }
    }
  }
}
