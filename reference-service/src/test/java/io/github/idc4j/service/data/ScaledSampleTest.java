package io.github.idc4j.service.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that scaled sample data has the statistics of the real index. */
@Tag("slow")
class ScaledSampleTest {

  private static final long INSTANCES = 150_000;

  private static final String KEY =
      "(collection_id, \"PatientID\", \"StudyInstanceUID\", \"SeriesInstanceUID\", \"SOPInstanceUID\")";

  @TempDir static Path home;

  private static Path file;
  private static Connection connection;
  private static Statement statement;

  @BeforeAll
  static void generate() throws Exception {
    file = generate(home, 1);
    connection = DriverManager.getConnection("jdbc:duckdb:");
    statement = connection.createStatement();
    statement.execute("ATTACH " + Database.quote(file.toString()) + " AS data (READ_ONLY)");
    statement.execute(
        "CREATE TABLE series AS SELECT \"SeriesInstanceUID\", count(*) AS instances"
            + " FROM data.dicom_pivot GROUP BY ALL");
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  private static Path generate(Path folder, long seed) throws IOException {
    return new ScaledSample(new Catalogue(), seed, SampleSize.scaled(INSTANCES)).in(folder);
  }

  @Test
  void hasTheGivenNumberOfDifferentInstances() throws SQLException {
    for (String column : new String[] {"SOPInstanceUID", "crdc_instance_uuid", "gcs_url"}) {
      assertThat(number("SELECT count(DISTINCT \"" + column + "\") FROM data.dicom_pivot"))
          .isEqualTo(INSTANCES);
    }
    assertThat(number("SELECT count(*) FROM data.dicom_pivot")).isEqualTo(INSTANCES);
  }

  @Test
  void theRowsAreInTheOrderOfDicomMetadataAlthoughTheyAreNotSorted() throws SQLException {
    assertThat(
            number(
                "SELECT count(*) FILTER (WHERE key <= previous) FROM (SELECT "
                    + KEY
                    + " AS key, lag(key) OVER (ORDER BY rowid) AS previous FROM data.dicom_pivot)"))
        .isZero();
  }

  /**
   * The numbers of instances are drawn at equal distances from the numbers in the index, and then
   * scaled by a few percent. Therefore, only series close to a bound can be on its other side.
   */
  @Test
  void theSeriesHaveTheSizesOfTheIndex() throws SQLException {
    double before = 0;
    for (IndexStatistics.Range range : IndexStatistics.ranges()) {
      before += range.series();
      assertThat(number("SELECT avg((instances <= " + range.largest() + ")::INTEGER) FROM series"))
          .as("share of the series with at most %d instances", range.largest())
          .isCloseTo(before / IndexStatistics.series(), within(0.02));
    }
    assertThat(number("SELECT median(instances) FROM series")).isEqualTo(1);
    assertThat(number("SELECT max(instances) FROM series")).isGreaterThan(5000);
    assertThat(number("SELECT avg(instances) FROM series"))
        .isCloseTo((double) IndexStatistics.instances() / IndexStatistics.series(), within(5.0));
  }

  /** The bound is 4 standard deviations of the share among so many independent series. */
  @Test
  void theColumnsHaveTheNullRatesOfTheIndex() throws SQLException {
    double series = number("SELECT count(*) FROM series");
    assertThat(IndexStatistics.nulls()).hasSize(8);
    for (Map.Entry<String, Double> nulls : IndexStatistics.nulls().entrySet()) {
      double share = nulls.getValue();
      assertThat(
              number(
                      "SELECT count(DISTINCT \"SeriesInstanceUID\") FROM data.dicom_pivot WHERE \"%s\" IS NULL"
                          .formatted(nulls.getKey()))
                  / series)
          .as(nulls.getKey())
          .isCloseTo(share, within(4 * Math.sqrt(share * (1 - share) / series)));
    }
  }

  @Test
  void theCollectionsHaveTheSizesOfTheLargestCollectionsOfTheIndex() throws SQLException {
    assertThat(number("SELECT count(DISTINCT collection_id) FROM data.dicom_pivot")).isEqualTo(20);

    Map<String, Integer> patients = SampleSize.scaled(SampleSize.MAX_SCALED).patients();
    double all = patients.values().stream().mapToInt(Integer::intValue).sum();
    IndexStatistics.collections()
        .forEach(
            (collection, share) ->
                assertThat(patients.get(collection) / all)
                    .as(collection)
                    .isCloseTo(share, within(0.0001)));
    assertThat(patients.get("nlst")).isGreaterThan(50 * patients.get("tcga_read"));
  }

  @Test
  void theSameSeedGivesTheSameRows(@TempDir Path other) throws Exception {
    Path same = generate(other, 1);
    Path different = generate(other, 2);

    statement.execute("ATTACH " + Database.quote(same.toString()) + " AS same (READ_ONLY)");
    statement.execute(
        "ATTACH " + Database.quote(different.toString()) + " AS different (READ_ONLY)");
    try {
      for (String table : new String[] {"dicom_pivot", "tcga_clinical_rel9", "collections"}) {
        assertThat(hash("same." + table)).as(table).isEqualTo(hash("data." + table));
      }
      assertThat(hash("different.dicom_pivot")).isNotEqualTo(hash("data.dicom_pivot"));
    } finally {
      statement.execute("DETACH same");
      statement.execute("DETACH different");
    }
  }

  private static String hash(String table) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT bit_xor(hash(t, t.rowid)) FROM " + table + " t")) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  void anInterruptedGenerationIsNotUsedAndTheNextOneRemovesIt(@TempDir Path other)
      throws IOException {
    Path folder = other.resolve(file.getParent().getFileName());
    Path unfinished =
        Files.createDirectory(folder.resolveSibling(folder.getFileName() + ".unfinished"));
    Files.writeString(unfinished.resolve("data.duckdb"), "half a file");
    Files.writeString(
        Files.createDirectory(unfinished.resolve("temporary")).resolve("1"), "spilled");

    assertThat(generate(other, 1)).isEqualTo(folder.resolve("data.duckdb"));
    try (var files = Files.walk(other)) {
      assertThat(files.map(other::relativize).map(Path::toString))
          .containsExactlyInAnyOrder(
              "",
              ".lock",
              folder.getFileName().toString(),
              other.relativize(folder) + "/data.duckdb");
    }
  }

  @Test
  void duckDbsMemoryIsLimitedWhateverTheComputerHas() throws SQLException {
    try (Connection limited =
            DriverManager.getConnection("jdbc:duckdb:", DuckDbSettings.of(home.resolve("t")));
        Statement settings = limited.createStatement();
        ResultSet row =
            settings.executeQuery(
                "SELECT current_setting('memory_limit'), current_setting('temp_directory'),"
                    + " current_setting('preserve_insertion_order')")) {
      row.next();
      assertThat(row.getString(1)).matches("1\\.9 GiB|[0-9.]+ MiB");
      assertThat(row.getString(2)).isEqualTo(home.resolve("t").toString());
      // Without this setting, the rows would not be in order.
      assertThat(row.getBoolean(3)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {SampleSize.MIN_SCALED - 1, SampleSize.MAX_SCALED + 1, -1})
  void otherNumbersOfInstancesAreRefused(long instances) {
    assertThatThrownBy(() -> SampleSize.scaled(instances))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("but was " + instances);
  }

  private static double number(String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getDouble(1);
    }
  }
}
