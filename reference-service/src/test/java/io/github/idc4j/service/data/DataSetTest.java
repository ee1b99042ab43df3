package io.github.idc4j.service.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests data sets that have the format of IDC's data sets, but synthetic values. */
class DataSetTest {

  @TempDir Path folder;

  private Path index;
  private Path home;

  @BeforeEach
  void makeIndex() throws Exception {
    home = Files.createDirectory(folder.resolve("home"));
    index = index("index", 21);
  }

  private Path index(String name, int release) throws Exception {
    return IndexFiles.write(folder.resolve(name), folder.resolve("sample"), release);
  }

  private Path load(Path... paths) throws Exception {
    return new DataSet(new Catalogue(), home).load(List.of(paths));
  }

  private Database open(Path... paths) throws Exception {
    return Database.open(new Catalogue(), List.of(paths), home, 1, IndexFiles.SIZE);
  }

  private static Attribute attribute(String name) {
    return new Catalogue().attribute(name).orElseThrow();
  }

  @Test
  void seriesHaveTheColumnsOfTheIndexAndThoseThatFollowFromOtherTables() throws Exception {
    try (Database database = open(index);
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      assertThat(database.column(attribute("Modality"))).contains(new Database.Column(false));
      assertThat(database.column(attribute("tcia_species")).orElseThrow().derived()).isTrue();
      assertThat(database.column(attribute("SOPInstanceUID"))).isEmpty();
      assertThat(database.publishedIn(attribute("SOPInstanceUID"))).contains("dicom_pivot");
      assertThat(database.publishedIn(attribute("SUVbw"))).isEmpty();
      try (var rows =
          statement.executeQuery(
              """
              SELECT count(*), count(*) FILTER (
                WHERE gcs_bucket =
                  CASE aws_bucket WHEN 'idc-open-data' THEN 'idc-open-data' ELSE 'idc-open-cr' END
                AND program IN ('TCGA', 'NLST') AND "tcia_tumorLocation" = location)
              FROM data.dicom_pivot JOIN data.collections USING (collection_id)
              """)) {
        rows.next();
        assertThat(rows.getInt(1)).isPositive().isEqualTo(rows.getInt(2));
      }
    }
  }

  @Test
  void releasesAndCollectionsAreThoseOfTheData() throws Exception {
    try (Database database = open(index)) {
      assertThat(database.activeVersion().number()).isEqualTo("21.0");
      assertThat(database.versions()).hasSize(21);
      assertThat(database.collections().orElseThrow())
          .extracting(collection -> collection.get("collection_id"))
          .containsExactly("nlst", "tcga_luad");
      assertThat(database.analysisResults().orElseThrow())
          .filteredOn(result -> result.get("collections").equals("tcga_luad"))
          .singleElement()
          .satisfies(
              result -> {
                assertThat(result.get("cancer_type")).isEqualTo("Lung Adenocarcinoma");
                assertThat(result.get("location")).isEqualTo("Lung");
              });
    }
  }

  @Test
  void instancesAreInTheOrderOfDicomMetadata() throws Exception {
    try (Database database = open();
        Connection connection = database.connect();
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                SELECT count(*) FROM (
                  SELECT rowid AS place, row_number() OVER (
                    ORDER BY collection_id, "PatientID", "StudyInstanceUID", "SeriesInstanceUID",
                      "SOPInstanceUID") - 1 AS expected
                  FROM data.dicom_pivot)
                WHERE place <> expected
                """)) {
      rows.next();
      assertThat(rows.getInt(1)).isZero();
    }
  }

  @Test
  void aWheelIsLoadedOnceAndLeavesOnlyTheLoadedData() throws Exception {
    Path wheel = wheel(index, folder.resolve("idc_index_data-21.0.0-py3-none-any.whl"));

    Path first = load(wheel);
    var written = Files.getLastModifiedTime(first);

    assertThat(load(wheel)).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(first)).isEqualTo(written);
    assertThat(files(home)).contains(first).hasSize(1 + locks().size());
    try (Database fromWheel = open(wheel);
        Database fromFolder = open(index)) {
      assertThat(fromWheel.collections()).isEqualTo(fromFolder.collections());
    }
  }

  /** Packs the files of a folder into a wheel with the layout of the Python package. */
  private static Path wheel(Path folder, Path wheel) throws Exception {
    StringBuilder checksums = new StringBuilder();
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      for (Path file : files(folder)) {
        byte[] bytes = Files.readAllBytes(file);
        String name = "idc_index_data/" + file.getFileName();
        write(zip, name, bytes);
        checksums.append(
            "%s,sha256=%s,%d\n"
                .formatted(
                    name,
                    Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes)),
                    bytes.length));
      }
      String list = "idc_index_data-21.0.0.dist-info/RECORD";
      write(zip, list, (checksums + list + ",,\n").getBytes(StandardCharsets.UTF_8));
    }
    return wheel;
  }

  private static void write(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Returns the lock file, which is empty and is never deleted. */
  private List<Path> locks() throws IOException {
    return files(home).stream().filter(file -> file.endsWith(".lock")).toList();
  }

  private void assertRefused(String message, Path... paths) throws IOException {
    assertThatExceptionOfType(DataSetException.class)
        .isThrownBy(() -> load(paths))
        .withMessageContaining(message);
    assertThat(files(home)).as("files that are left").isEqualTo(locks());
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    assertRefused(
        "The path " + folder.resolve("nothing") + " does not exist", folder.resolve("nothing"));
  }

  @Test
  void aFolderWithoutDataIsNamed() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertRefused(empty + " contains no data", empty);
  }

  @Test
  void aTruncatedWheelIsNamed() throws Exception {
    Path wheel = wheel(index, folder.resolve("a.whl"));
    byte[] bytes = Files.readAllBytes(wheel);
    Files.write(wheel, Arrays.copyOf(bytes, bytes.length / 2));

    assertRefused(wheel + " is damaged or incomplete", wheel);
  }

  @Test
  void aWheelWithAWrongChecksumIsNamed() throws Exception {
    Path wheel = wheel(index, folder.resolve("a.whl"));
    Path other = folder.resolve("b.whl");
    try (var zip = new ZipFile(wheel.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(other))) {
      for (ZipEntry entry : zip.stream().toList()) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        if (entry.getName().endsWith("idc_index.parquet")) {
          bytes[bytes.length / 2] ^= 1;
        }
        write(out, entry.getName(), bytes);
      }
    }

    assertRefused("idc_index.parquet does not match its checksum", other);
  }

  @Test
  void aDamagedParquetFileIsNamed() throws Exception {
    Path file = index.resolve("idc_index.parquet");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write("PAR1 and then nothing".getBytes(StandardCharsets.UTF_8));
    }

    assertRefused("Cannot read " + file, index);
  }

  @Test
  void aParquetFileThatIsDamagedInTheMiddleIsNamed() throws Exception {
    Path file = index.resolve("idc_index.parquet");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 100, bytes.length / 4, (byte) 7);
    Files.write(file, bytes);

    assertRefused(file + " is damaged", index);
  }

  @Test
  void aFileWithTheColumnsOfAnotherTableIsNamed() throws Exception {
    Path file = index.resolve("idc_index.parquet");
    Files.copy(
        index.resolve("collections_index.parquet"), file, StandardCopyOption.REPLACE_EXISTING);

    assertRefused(file + " is not a valid table idc_index. Missing columns: PatientID", index);
  }

  @Test
  void twoFilesOfATableAreNamed() throws Exception {
    Path second = index("second", 21);

    assertRefused(
        "The data contains the table idc_index twice: in "
            + index.resolve("idc_index.parquet")
            + " and in "
            + second.resolve("idc_index.parquet")
            + ". Use only one of these files",
        index,
        second);
  }

  @Test
  void twoFilesOfATableInOneFolderAreRefused() throws Exception {
    Files.copy(index.resolve("idc_index.parquet"), index.resolve("copy.parquet"));

    assertRefused("The data contains the table idc_index twice", index);
  }

  @Test
  void aFileThatIsGivenTwiceIsUsedOnce() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), index);

    try (Database once = open(index);
        Database twice = open(index, index.resolve("idc_index.parquet"), link)) {
      assertThat(twice.rows()).isEqualTo(once.rows());
    }
  }

  @Test
  void partsOfATableAreInAFolderWithItsName() throws Exception {
    Path pivot = Files.createDirectory(folder.resolve("dicom_pivot"));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (int part = 0; part < 2; part++) {
        statement.execute(
            "COPY (SELECT * FROM '%s' WHERE hash(\"SOPInstanceUID\") %% 2 = %d) TO '%s' (FORMAT parquet)"
                .formatted(pivotOfSample(), part, pivot.resolve("part-" + part + ".parquet")));
      }
    }

    try (Database whole = open();
        Database parts = open(pivot, index.resolve("version_metadata_index.parquet"))) {
      assertThat(parts.rows()).isEqualTo(whole.rows());
    }
    Path other = folder.resolve("other");
    Files.move(pivot, other);
    assertThatExceptionOfType(DataSetException.class)
        .isThrownBy(() -> load(other, index.resolve("version_metadata_index.parquet")))
        .withMessageContaining("put them into a folder with the name dicom_pivot");
  }

  private Path pivotOfSample() throws IOException {
    return files(folder.resolve("sample")).stream()
        .filter(file -> file.endsWith("dicom_pivot.parquet"))
        .findAny()
        .orElseThrow();
  }

  @Test
  void aFileInAWheelIsNamedWithTheWheel() throws Exception {
    Files.copy(
        index.resolve("collections_index.parquet"),
        index.resolve("idc_index.parquet"),
        StandardCopyOption.REPLACE_EXISTING);
    Path wheel = wheel(index, folder.resolve("a.whl"));

    assertRefused(
        "idc_index_data/idc_index.parquet in " + wheel + " is not a valid table idc_index", wheel);
  }

  @Test
  void aFolderThatAKilledProcessLeftIsReplaced() throws Exception {
    Path loaded = load(index).getParent();
    Path unfinished = loaded.resolveSibling(loaded.getFileName() + ".unfinished");
    Files.move(loaded, unfinished);

    assertThat(load(index)).exists();
    assertThat(unfinished).doesNotExist();
  }

  @Test
  void whatAKilledProcessLeftIsDeletedWhenOtherDataAreLoaded() throws Exception {
    Path unfinished = Files.createDirectories(home.resolve("data-1-0123.unfinished/extracted"));

    load(index);

    assertThat(unfinished.getParent()).doesNotExist();
  }

  @Test
  void loadedDataThatIsDamagedIsNamed() throws Exception {
    Path loaded = load(index);
    Files.write(loaded, new byte[1000]);

    assertThatExceptionOfType(DataSetException.class)
        .isThrownBy(() -> open(index))
        .withMessageContaining("Delete the folder " + loaded.getParent());
  }

  @Test
  void tablesOfTwoReleasesAreRefused() throws Exception {
    Path newer = index("newer", 22);

    assertRefused(
        "the newest release in "
            + newer.resolve("version_metadata_index.parquet")
            + " is 21, but the newest series in "
            + newer.resolve("idc_index.parquet")
            + " are from release 22",
        newer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "prior_versions_index | SELECT * REPLACE (21::BIGINT AS max_idc_version) FROM '%s' |"
            + " the newest release in {version_metadata_index} is 21, but {prior_versions_index} has"
            + " series that a release after 21 replaced",
        "prior_versions_index | SELECT * REPLACE (19::BIGINT AS max_idc_version) FROM '%s' |"
            + " release 21 revised series in {idc_index}, but the newest series in"
            + " {prior_versions_index} are from release 19",
        "collections_index | SELECT * FROM '%s' WHERE collection_id <> 'nlst' |"
            + " {idc_index} has the collection_id nlst, which {collections_index} does not have",
        "idc_index | SELECT * FROM '%s' WHERE collection_id <> 'nlst' |"
            + " {collections_index} has the collection_id nlst, which {idc_index} does not have",
        "idc_index | SELECT * REPLACE ('newer' AS analysis_result_id) FROM '%s' |"
            + " {idc_index} has the analysis_result_id newer, which {analysis_results_index} does"
            + " not have",
      })
  void aTableOfAnotherReleaseIsNamedWithTheTableThatShowsIt(
      String table, String query, String message) throws Exception {
    replace(table, query);
    String expected =
        Pattern.compile("\\{(\\w+)}")
            .matcher(message)
            .replaceAll(found -> index.resolve(found.group(1) + ".parquet").toString());

    assertRefused("The data mixes releases: " + expected + ". Use only files", index);
    // A wheel has one release.
    load(wheel(index, folder.resolve("idc_index_data-21.0.0-py3-none-any.whl")));
  }

  @Test
  void instancesOfAnotherReleaseAreNamed() throws Exception {
    Path pivot =
        PivotFiles.write(
            folder.resolve("pivot"),
            folder.resolve("sample"),
            "* REPLACE ('newer' AS collection_id)");

    assertRefused(
        pivot.resolve("dicom_pivot.parquet")
            + " has the collection_id newer, which "
            + pivot.resolve("collections_index.parquet")
            + " does not have",
        pivot);
  }

  @Test
  void dataWithoutARelease() throws Exception {
    Files.delete(index.resolve("version_metadata_index.parquet"));

    assertRefused("the table version_metadata_index is missing", index);
  }

  @Test
  void aBucketWithoutACounterpartMakesItsColumnAbsent() throws Exception {
    replace("idc_index", "SELECT * REPLACE ('idc-open-data-new' AS aws_bucket) FROM '%s'");

    try (Database database = open(index)) {
      assertThat(database.column(attribute("gcs_bucket"))).isEmpty();
      assertThat(database.column(attribute("tcia_species"))).isPresent();
    }
  }

  @Test
  void aColumnOfAnotherTypeIsAbsent() throws Exception {
    replace("idc_index", "SELECT * REPLACE ({'code': \"Modality\"} AS \"Modality\") FROM '%s'");

    try (Database database = open(index)) {
      assertThat(database.column(attribute("Modality"))).isEmpty();
      assertThat(database.column(attribute("PatientID"))).isPresent();
    }
  }

  @Test
  void releasesWithoutANumberAreRefused() throws Exception {
    replace(
        "version_metadata_index",
        "SELECT NULL::BIGINT AS idc_version, version_timestamp FROM '%s'");

    assertRefused("has no release with a number and a date", index);
  }

  private void replace(String table, String query) throws Exception {
    Path file = index.resolve(table + ".parquet");
    Path old = folder.resolve("old");
    Files.move(file, old);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (%s) TO '%s' (FORMAT parquet)"
              .formatted(query.replace("'%s'", "read_parquet('" + old + "')"), file));
    }
  }
}
