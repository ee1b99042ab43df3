package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the data commands with the installed pip. Pip downloads a package that the test writes into
 * a temporary folder.
 */
class DataCommandTest {

  private static final String NAME = "idc_index_data-3.0.1-py3-none-any.whl";
  private static final String INFO = "idc_index_data-3.0.1.dist-info/";

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();

  private record Result(int exitCode, String output) {}

  private Result run(String... arguments) throws IOException, InterruptedException {
    environment.put("IDC4J_HOME", folder.resolve("home").toString());
    List<String> program = new ArrayList<>(List.of(Main.class.getName()));
    program.addAll(List.of(arguments));
    Process process = JavaProgram.start(environment, program.toArray(String[]::new));
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  /** Configures pip to find packages only in the temporary folder. */
  private void usePackagesOfTheFolder() throws IOException, InterruptedException {
    Process pip;
    try {
      pip =
          new ProcessBuilder("python3", "-m", "pip", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "needs python3");
      throw e;
    }
    assumeTrue(pip.waitFor() == 0, "needs pip");
    environment.put("PIP_NO_INDEX", "1");
    environment.put("PIP_FIND_LINKS", folder.toString());
  }

  /**
   * Writes a package with one series.
   *
   * @param damage text to append to each table without changing its checksum
   */
  private void writePackage(String damage) throws IOException {
    StringBuilder checksums = new StringBuilder();
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(NAME)))) {
      for (Path table : tables("a")) {
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
          zip, INFO + "METADATA", "Metadata-Version: 2.1\nName: idc-index-data\nVersion: 3.0.1\n");
      write(
          zip,
          INFO + "WHEEL",
          "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      write(zip, INFO + "RECORD", checksums + INFO + "RECORD,,\n");
    }
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

  private List<Path> tables(String seriesUuid) throws IOException {
    Path series = folder.resolve("idc_index.parquet");
    Path versions = folder.resolve("version_metadata_index.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          COPY (SELECT 'nlst' AS collection_id, '1' AS "PatientID", '1.2' AS "StudyInstanceUID",
            '1.2.3' AS "SeriesInstanceUID", '%s' AS crdc_series_uuid, 'CT' AS "Modality",
            2::BIGINT AS "instanceCount", 'idc-open-data' AS aws_bucket,
            3::BIGINT AS series_revised_idc_version) TO '%s' (FORMAT parquet)
          """
              .formatted(seriesUuid, series));
      statement.execute(
          """
          COPY (SELECT 3::BIGINT AS idc_version, '2021-07-13' AS version_timestamp)
          TO '%s' (FORMAT parquet)
          """
              .formatted(versions));
    } catch (SQLException e) {
      throw new IOException(e);
    }
    return List.of(series, versions);
  }

  private List<Path> pulled() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("home").resolve("idc"))) {
      return files.toList();
    }
  }

  @Test
  void aPulledReleaseHasAName() throws IOException, InterruptedException {
    usePackagesOfTheFolder();
    writePackage("");

    Result pull = run("data", "pull");
    Result show = run("data", "show", "idc");
    Result showRelease = run("data", "show", "idc:3");
    Result showOther = run("data", "show", "idc:4");

    assertThat(pull.exitCode()).as(pull.output()).isZero();
    assertThat(pulled())
        .singleElement()
        .satisfies(file -> assertThat(pull.output().trim()).endsWith(file.toString()));
    assertThat(show.exitCode()).as(show.output()).isZero();
    assertThat(show.output())
        .contains(
            "release 3.0 of 2021-07-13: 1 series",
            "collections: 0, analysis results: 0, releases: 1",
            "manifest columns              5        0       5",
            "Absent, but published in the table dicom_pivot: ",
            "Absent from all published tables: ");
    // The series has no UUID, and the names of the buckets are not known.
    assertThat(show.output()).doesNotContain("--instances-from-bucket");
    assertThat(showRelease).isEqualTo(show);
    assertThat(showOther.exitCode()).isEqualTo(2);
    assertThat(showOther.output())
        .contains("IDC release 4 has not been downloaded. Run ./idc4j data pull --release 4");
  }

  @Test
  void anotherReleaseIsNotPulled() throws IOException, InterruptedException {
    usePackagesOfTheFolder();
    writePackage("");

    Result pull = run("data", "pull", "--release", "4");

    assertThat(pull.exitCode()).isEqualTo(3);
    assertThat(pull.output())
        .contains("pip failed", "idc_index_data-4.*-py3-none-any.whl", "home/idc");
    assertThat(pulled()).isEmpty();
  }

  @Test
  void aDamagedReleaseIsNotKept() throws IOException, InterruptedException {
    usePackagesOfTheFolder();
    writePackage("x");

    Result pull = run("data", "pull");

    assertThat(pull.exitCode()).isEqualTo(3);
    assertThat(pull.output()).contains("is damaged", "does not match its checksum");
    assertThat(pulled()).isEmpty();
  }

  @Test
  void withoutPipTheFileToDownloadIsNamed() throws IOException, InterruptedException {
    environment.put("PATH", folder.toString());

    Result pull = run("data", "pull");

    assertThat(pull.exitCode()).isEqualTo(3);
    assertThat(pull.output())
        .contains("cannot find pip", "the Python package idc-index-data yourself", "home/idc");
    assertThat(pulled()).isEmpty();
  }

  @Test
  void aReleaseThatIsNotPulledIsAnError() throws IOException, InterruptedException {
    Result serve = run("serve", "--data", "idc");

    assertThat(serve.exitCode()).isEqualTo(2);
    assertThat(serve.output())
        .contains("no IDC release has been downloaded. Run ./idc4j data pull");
  }

  @Test
  void dataThatCannotBeUsedIsAnErrorWithoutAStackTrace() throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("idc_index.parquet"), "no Parquet");

    Result serve = run("serve", "--data", file.toString());

    assertThat(serve.exitCode()).isEqualTo(3);
    assertThat(serve.output())
        .startsWith("idc4j serve: cannot use the data: Cannot read " + file)
        .hasLineCount(1);
  }

  @Test
  void theSampleHasEverything() throws IOException, InterruptedException {
    Result show = run("data", "show");

    assertThat(show.exitCode()).as(show.output()).isZero();
    assertThat(show.output())
        .contains(
            ": 100,000 instances",
            "collections: 20, analysis results: 4, releases: 21",
            "manifest columns             10        0       0",
            "filter attributes           163        0       0",
            "/dicomMetadata columns       70        0       0");
  }

  @Test
  void absentColumnsAreRefusedOrNull() throws IOException, InterruptedException {
    for (String value : new String[] {"refuse", "null"}) {
      Result serve = run("serve", "--data", "nothing", "--absent", value);

      assertThat(serve.output()).contains("The path nothing does not exist");
    }
    assertThat(run("serve", "--absent", "zero").exitCode()).isEqualTo(2);
  }

  @Test
  void instancesAreListedOnlyIfTheDataHasNone()
      throws IOException, InterruptedException, SQLException {
    Result sample = run("data", "show");
    String series = series("0b9d7c8f-3f80-4b8e-9b3a-0f2f6f0c7a11");
    Result show = run("data", "show", series);
    Result missing = run("serve", "--data", series, "--instances-from-bucket");

    assertThat(sample.output()).doesNotContain("--instances-from-bucket");
    assertThat(show.exitCode()).as(show.output()).isZero();
    assertThat(show.output())
        .contains(
            "Manifests can contain these columns with --instances-from-bucket:"
                + " CRDC_Instance_GUID, GCS_URL");
    assertThat(missing.exitCode()).isEqualTo(3);
    assertThat(missing.output())
        .startsWith("idc4j serve: The option --instances-from-bucket needs the module")
        .hasLineCount(1);
  }

  /** Writes a folder with the tables of one series, including the pairs of buckets. */
  private String series(String uuid) throws IOException, SQLException {
    Path tables = Files.createDirectory(folder.resolve("tables"));
    for (Path table : tables(uuid)) {
      Files.move(table, tables.resolve(table.getFileName()));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          COPY (SELECT '1' AS "SeriesInstanceUID", 'idc-open-data' AS aws_bucket,
            'idc-open-data' AS gcs_bucket, 3 AS max_idc_version) TO '%s' (FORMAT parquet)
          """
              .formatted(tables.resolve("prior_versions_index.parquet")));
    }
    return tables.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serve --instances-from-bucket | --instances-from-bucket needs real data",
        "check --instances-from-bucket | --instances-from-bucket needs real data",
        "serve --data x --bucket-endpoint http://127.0.0.1:9 | --bucket-endpoint needs",
        "serve --data x --instances-from-bucket --bucket-endpoint s3:x | must be an http or https",
      })
  void incompleteOptionsAreRefused(String line, String message)
      throws IOException, InterruptedException {
    Result result = run(line.split(" ", -1));

    assertThat(result.exitCode()).as(result.output()).isEqualTo(2);
    assertThat(result.output()).contains(message).hasLineCount(1);
  }

  @Test
  void dataNeedsACommand() throws IOException, InterruptedException {
    Result data = run("data");

    assertThat(data.exitCode()).isEqualTo(2);
    assertThat(data.output()).contains("Missing command: pull or show.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve --data idc --retired",
        "serve --data idc --small-sample",
        "serve --absent null --retired",
        "serve --data idc --instances-from-bucket --retired",
        "check --data idc --base-url http://127.0.0.1:1/v1",
        "check --data idc --live"
      })
  void optionsThatExcludeEachOtherAreRefused(String line) throws IOException, InterruptedException {
    Result result = run(line.split(" ", -1));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).contains(DataOptions.NAMES).hasLineCount(1);
  }
}
