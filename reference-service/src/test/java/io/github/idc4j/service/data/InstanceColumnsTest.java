package io.github.idc4j.service.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which data sets have instances that can be listed. */
class InstanceColumnsTest {

  private final Catalogue catalogue = new Catalogue();

  @TempDir Path folder;

  private Path index() throws IOException, SQLException {
    return IndexFiles.write(folder.resolve("index"), folder.resolve("sample"), 21);
  }

  private Optional<String> obstacle(List<Path> sources) throws IOException, SQLException {
    try (Database database = open(sources)) {
      return InstanceColumns.obstacle(catalogue, database);
    }
  }

  private Database open(List<Path> sources) throws IOException, SQLException {
    return Database.open(catalogue, sources, folder.resolve("home"), 1, IndexFiles.SIZE);
  }

  private Optional<String> expression(InstanceColumns columns, String attribute) {
    return columns.expression(catalogue.attribute(attribute).orElseThrow());
  }

  @Test
  void theInstancesOfAnIndexCanBeListed() throws IOException, SQLException {
    try (Database database = open(List.of(index()))) {
      InstanceColumns columns = InstanceColumns.of(catalogue, database);

      assertThat(InstanceColumns.obstacle(catalogue, database)).isEmpty();
      assertThat(expression(columns, "gcs_url")).isPresent();
      assertThat(expression(columns, "crdc_instance_uuid")).isPresent();
      assertThat(expression(columns, "SOPInstanceUID")).isEmpty();
      assertThat(expression(InstanceColumns.none(), "gcs_url")).isEmpty();
    }
  }

  @Test
  void dataWithInstancesNeedsNoListing() throws IOException, SQLException {
    try (Database database = open(List.of())) {
      assertThatThrownBy(() -> InstanceColumns.of(catalogue, database))
          .isInstanceOf(DataSetException.class)
          .hasMessage(
              "The instances cannot be listed from the buckets: the data already contains all"
                  + " instances. Remove the option --instances-from-bucket.");
    }
  }

  @Test
  void theNamesOfTheBucketsAreNeeded() throws IOException, SQLException {
    Path index = index();
    Files.delete(index.resolve("prior_versions_index.parquet"));

    assertThat(obstacle(List.of(index)).orElseThrow())
        .contains("no column gcs_bucket", "prior_versions_index");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "crdc_series_uuid = '../' || crdc_series_uuid",
        "crdc_series_uuid = upper(crdc_series_uuid)",
        "crdc_series_uuid = NULL",
        "crdc_series_uuid = (SELECT max(crdc_series_uuid) FROM series)",
        "aws_bucket = '..'",
        "\"instanceCount\" = NULL",
        "\"instanceCount\" = -1"
      })
  void theSeriesMustBeValid(String change) throws IOException, SQLException {
    Path index = index();
    Path file = index.resolve("idc_index.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE series AS SELECT * FROM read_parquet('%s')".formatted(file));
      statement.execute(
          "UPDATE series SET "
              + change
              + " WHERE aws_bucket = 'idc-open-data'"
              + " AND crdc_series_uuid = (SELECT min(crdc_series_uuid) FROM series"
              + " WHERE aws_bucket = 'idc-open-data')");
      statement.execute("COPY series TO '%s' (FORMAT parquet)".formatted(file));
    }
    if (change.contains("'..'")) {
      addBucket(index);
    }

    assertThat(obstacle(List.of(index)).orElseThrow())
        .contains("has 1 series without a valid aws_bucket");
  }

  /** Writes a pair of buckets for the invalid name, so that it is the only obstacle. */
  private static void addBucket(Path index) throws SQLException {
    Path file = index.resolve("prior_versions_index.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE pairs AS SELECT * FROM read_parquet('%s');
          INSERT INTO pairs VALUES ('1.2.5', '..', 'x', 1, 20);
          COPY pairs TO '%s' (FORMAT parquet);
          """
              .formatted(file, file));
    }
  }
}
