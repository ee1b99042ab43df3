package io.github.idc4j.service.data;

import io.github.idc4j.openapi.IdcOpenApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;

/**
 * Creates DuckDB files, which later runs reuse. A file contains the tables that the service
 * queries: {@code dicom_pivot}, the clinical and biospecimen tables, and the metadata of the
 * release. The rows of {@code dicom_pivot} have the order in which {@code /dicomMetadata} returns
 * them.
 */
final class DataFile {

  /**
   * The version of the tables in the DuckDB file. Increase this number if a change of the code
   * changes the tables.
   */
  private static final int GENERATION = 2;

  private static final String FILE = "data.duckdb";

  private DataFile() {}

  /** Adds to a digest what identifies the data. */
  @FunctionalInterface
  interface Identity {
    void addTo(MessageDigest digest) throws IOException;
  }

  /** Returns the DuckDB file with the given data. Creates its folder if it does not exist. */
  static Path create(Path home, Identity identity, SharedFolder.Content content)
      throws IOException, SQLException {
    Path folder = home.resolve("data-" + GENERATION + "-" + fingerprint(identity));
    return SharedFolder.create(folder, content).resolve(FILE);
  }

  /**
   * Returns a string that identifies the data. A change of its source, of the mapping, or of the
   * attribute catalogue results in another string.
   */
  private static String fingerprint(Identity identity) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      identity.addTo(digest);
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

  /**
   * Opens a DuckDB database in which the tables are prepared.
   *
   * @param file the file of the database; if empty, the database is in memory
   * @param folder the folder for temporary files
   */
  static Connection connect(String file, Path folder) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:duckdb:" + file, DuckDbSettings.of(folder.resolve("temporary")));
  }

  /** Writes the tables to the DuckDB file in a folder. */
  static void write(Statement statement, DataSetSql sql, Path folder) throws SQLException {
    statement.execute(
        "ATTACH " + Database.quote(folder.resolve(FILE).toString()) + " AS " + Database.DATA);
    for (String create : sql.statements()) {
      statement.execute(create);
    }
    statement.execute("DETACH " + Database.DATA);
  }
}
