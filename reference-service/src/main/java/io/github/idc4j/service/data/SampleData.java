package io.github.idc4j.service.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The sample data: Parquet files that are generated once. The same seed and size always result in
 * the same bytes.
 */
final class SampleData {

  /**
   * The version of the generated values. Increase this number if a change of {@link SampleSql}
   * changes values.
   */
  private static final int GENERATION = 2;

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
   */
  Path in(Path home) throws IOException, SQLException {
    Path folder = home.resolve("sample-" + GENERATION + "-" + seed + "-" + fingerprint());
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Files.createDirectories(home);
    Path unfinished = Files.createTempDirectory(home, "unfinished-");
    try {
      generate(unfinished);
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | SQLException e) {
      delete(unfinished);
      // Another process may have created the folder first. Its files have the same content.
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
    return folder;
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

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
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
                + Database.quote(Database.file(folder, table.getKey()).toString())
                + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 16384)");
      }
    }
  }
}
