package io.github.idc4j.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the Python package {@code idc-index-data} with synthetic series. */
final class IndexPackage {

  private static final int RELEASE = 3;

  /** The file name of the package, if the release is not specified. */
  static final String NAME = name(RELEASE);

  private IndexPackage() {}

  private static String name(int release) {
    return "idc_index_data-" + release + ".0.1-py3-none-any.whl";
  }

  /**
   * Writes the package of release 3 and its tables into a folder.
   *
   * @param series the number of series
   * @param damage text to append to each table without changing its checksum
   * @return the path of the package
   */
  static Path write(Path folder, int series, String damage) throws IOException {
    return write(folder, series, damage, RELEASE);
  }

  /** Writes the package of a release, and its tables with one series, into a folder. */
  static void write(Path folder, int release) throws IOException {
    write(folder, 1, "", release);
  }

  private static Path write(Path folder, int series, String damage, int release)
      throws IOException {
    String version = release + ".0.1";
    String info = "idc_index_data-" + version + ".dist-info/";
    Path file = folder.resolve(name(release));
    StringBuilder checksums = new StringBuilder();
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Path table : tables(folder, series, release)) {
        byte[] bytes = Files.readAllBytes(table);
        String name = "idc_index_data/" + table.getFileName();
        byte[] hash = sha256(bytes);
        checksums.append(
            "%s,sha256=%s,%d\n"
                .formatted(
                    name,
                    Base64.getUrlEncoder().withoutPadding().encodeToString(hash),
                    bytes.length));
        write(zip, name, new String(bytes, StandardCharsets.ISO_8859_1) + damage);
      }
      write(
          zip,
          info + "METADATA",
          "Metadata-Version: 2.1\nName: idc-index-data\nVersion: " + version + "\n");
      write(
          zip,
          info + "WHEEL",
          "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      write(zip, info + "RECORD", checksums + info + "RECORD,,\n");
    }
    return file;
  }

  private static void write(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.ISO_8859_1));
    zip.closeEntry();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Writes the table of series and the table of releases into a folder.
   *
   * @param series the number of series
   * @param release the newest release in the table of releases; the series are from release 3
   * @return the paths of the tables
   */
  static List<Path> tables(Path folder, int series, int release) throws IOException {
    Path index = folder.resolve("idc_index.parquet");
    Path versions = folder.resolve("version_metadata_index.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          COPY (SELECT 'nlst' AS collection_id, '1' AS "PatientID", '1.2' AS "StudyInstanceUID",
            '1.2.' || (3 + range) AS "SeriesInstanceUID", uuid()::VARCHAR AS crdc_series_uuid,
            'CT' AS "Modality", 2::BIGINT AS "instanceCount", 'idc-open-data' AS aws_bucket,
            3::BIGINT AS series_revised_idc_version
          FROM range(%d)) TO '%s' (FORMAT parquet)
          """
              .formatted(series, index));
      statement.execute(
          """
          COPY (SELECT %d::BIGINT AS idc_version, '2021-07-13' AS version_timestamp)
          TO '%s' (FORMAT parquet)
          """
              .formatted(release, versions));
    } catch (SQLException e) {
      throw new IOException(e);
    }
    return List.of(index, versions);
  }
}
