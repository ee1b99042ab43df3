package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the data commands with the installed pip. Pip downloads a package that the test writes into
 * a temporary folder.
 */
@Tag("slow")
class DataCommandTest {

  /** A pip that creates a file in the folder after --dest, and then waits. */
  private static final String SLOW_PIP =
      """
      #!/bin/sh
      case "$*" in *--version*) exit 0 ;; esac
      while [ "$1" != --dest ]; do shift; done
      touch "$2/part"
      echo downloading
      read -r line
      """;

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

  /** Returns the files in the folder for downloads, except the lock. */
  private List<Path> pulled() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("home").resolve("idc"))) {
      return files.filter(file -> !file.endsWith(".lock")).toList();
    }
  }

  @Test
  void aPulledReleaseHasAName() throws IOException, InterruptedException {
    usePackagesOfTheFolder();
    IndexPackage.write(folder, 1, "");

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
    // The names of the buckets are not known.
    assertThat(show.output()).doesNotContain("--instances-from-bucket");
    assertThat(showRelease).isEqualTo(show);
    assertThat(showOther.exitCode()).isEqualTo(2);
    assertThat(showOther.output())
        .contains("IDC release 4 has not been downloaded. Run idc4j data pull --release 4");
  }

  @Test
  void anotherReleaseIsNotPulled() throws IOException, InterruptedException {
    usePackagesOfTheFolder();
    IndexPackage.write(folder, 1, "");

    Result pull = run("data", "pull", "--release", "4");

    assertThat(pull.exitCode()).isEqualTo(3);
    assertThat(pull.output())
        .contains("pip failed", "idc_index_data-4.*-py3-none-any.whl", "home/idc");
    assertThat(pulled()).isEmpty();
  }

  @Test
  void aDamagedReleaseIsNotKept() throws IOException, InterruptedException {
    usePackagesOfTheFolder();
    IndexPackage.write(folder, 1, "x");

    Result pull = run("data", "pull");

    assertThat(pull.exitCode()).isEqualTo(3);
    assertThat(pull.output()).contains("is damaged", "does not match its checksum");
    assertThat(pulled()).isEmpty();
  }

  @Test
  void whatAKilledPullLeftIsDeleted() throws IOException, InterruptedException {
    usePackagesOfTheFolder();
    IndexPackage.write(folder, 1, "");
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path slow = Files.writeString(bin.resolve("python3"), SLOW_PIP);
    assertThat(slow.toFile().setExecutable(true)).isTrue();
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
    environment.put("IDC4J_HOME", folder.resolve("home").toString());

    Process killed = JavaProgram.start(environment, Main.class.getName(), "data", "pull");
    // The slow pip prints a line when it has created a file.
    assertThat(killed.inputReader().readLine()).isEqualTo("downloading");
    List<ProcessHandle> pip = killed.descendants().toList();
    killed.destroyForcibly().waitFor();
    pip.forEach(ProcessHandle::destroyForcibly);
    assertThat(pulled()).singleElement().satisfies(left -> assertThat(left).isNotEmptyDirectory());
    environment.put("PATH", System.getenv("PATH"));
    Result pull = run("data", "pull");

    assertThat(pull.exitCode()).as(pull.output()).isZero();
    assertThat(pulled()).singleElement().asString().endsWith(IndexPackage.NAME);
  }

  @Test
  void aFolderThatCannotBeUsedIsNamedWithTheReasonAndTheRemedy()
      throws IOException, InterruptedException {
    Path file = Files.createDirectory(folder.resolve("home")).resolve("idc");
    Files.createFile(file);

    Result pull = run("data", "pull");

    assertThat(pull.exitCode()).isEqualTo(3);
    assertThat(pull.output())
        .startsWith("idc4j data pull: cannot download the data into " + file + ": ")
        .contains("a file with the path " + file + " already exists", "set IDC4J_HOME to another")
        .hasLineCount(1);
  }

  @Test
  void aPullThatWaitsForAnotherProcessSaysSo() throws IOException, InterruptedException {
    Path downloads = Files.createDirectories(folder.resolve("home").resolve("idc"));
    environment.put("IDC4J_HOME", folder.resolve("home").toString());
    environment.put("PATH", folder.toString());
    try (FileChannel file =
        FileChannel.open(
            downloads.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock lock = file.lock();
      Process pull = JavaProgram.start(environment, Main.class.getName(), "data", "pull");
      BufferedReader output = pull.inputReader();

      String line = output.readLine();
      while (line != null && !line.contains("Waiting for")) {
        line = output.readLine();
      }

      assertThat(line)
          .endsWith("Waiting for another process of idc4j, which is writing to " + downloads + ".");
      lock.release();
      assertThat(output.lines().toList()).last().asString().contains("cannot find pip");
      assertThat(pull.waitFor()).isEqualTo(3);
    }
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
    assertThat(serve.output()).contains("no IDC release has been downloaded. Run idc4j data pull");
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
    String series = series();
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
  private String series() throws IOException, SQLException {
    Path tables = Files.createDirectory(folder.resolve("tables"));
    IndexPackage.tables(tables, 1, 3);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          COPY (SELECT '1' AS "SeriesInstanceUID", 'idc-open-data' AS aws_bucket,
            'idc-open-data' AS gcs_bucket, 2 AS max_idc_version) TO '%s' (FORMAT parquet)
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
