package io.github.idc4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.client.IdcClient;
import io.github.idc4j.model.DicomMetadataRow;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.AbsentColumns;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests that DuckDB, pandas, polars, Python's module {@code csv} and jq read exported files with
 * the values and types of the rows. Needs {@code python3}, or the program in {@code
 * -Dreaders.python}, with the packages pandas, polars and pyarrow, and jq.
 */
class ReadBackTest {

  private static final String PYTHON = System.getProperty("readers.python", "python3");
  private static final String REQUIRED = "readers.required";

  /** Texts that readers often misread; null is no value. */
  private static final List<String> TEXTS =
      Arrays.asList(
          "plain",
          "a,b",
          "say \"no\"",
          "two\nlines",
          "two\r\nlines",
          "Größe in µm",
          "",
          null,
          "007",
          "NA",
          "a\tb",
          "a\\b",
          " spaces ",
          "'quoted'");

  private static final List<String> COLUMNS =
      List.of("PatientID", "StudyDescription", "SliceThickness", "ImageType");

  @TempDir static Path folder;

  /** The rows that the API returns: for each column, the values. */
  private static List<List<Object>> expected;

  @BeforeAll
  static void export() throws IOException, SQLException {
    writeData();
    try (ReferenceService service =
            ReferenceService.builder().data(folder).absentColumns(AbsentColumns.NULL).start();
        IdcClient client = IdcClient.builder().baseUrl(service.baseUrl().toString()).build()) {
      List<DicomMetadataRow> rows = client.dicomMetadata().stream().toList();
      expected =
          List.of(
              column(rows, DicomMetadataRow::patientId),
              column(rows, DicomMetadataRow::studyDescription),
              column(rows, DicomMetadataRow::sliceThickness),
              column(rows, DicomMetadataRow::imageType));
      for (String format : List.of("parquet", "csv", "ndjson", "json")) {
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setErr(new PrintWriter(err));
        String file = folder.resolve("rows." + format).toString();
        int exitCode =
            Main.execute(
                command, "metadata", "--base-url", service.baseUrl().toString(), "-o", file);
        assertThat(exitCode).as(err.toString()).isZero();
      }
    }
    assertThat(expected.get(1)).containsExactlyInAnyOrder(TEXTS.toArray());
  }

  /** Writes instances, one for each text. Their numbers and lists have missing values too. */
  private static void writeData() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE instances(collection_id VARCHAR, "PatientID" VARCHAR, "StudyInstanceUID" VARCHAR,
            "SeriesInstanceUID" VARCHAR, "SOPInstanceUID" VARCHAR, "StudyDescription" VARCHAR,
            "SliceThickness" VARCHAR, "ImageType" VARCHAR[])
          """);
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              INSERT INTO instances SELECT 'nlst', '00' || id, '1.' || id, '1.1.' || id, '1.1.1.' || id,
                text, CASE WHEN id % 3 > 0 THEN id || '.5' END,
                CASE WHEN id % 4 > 0 THEN ['ORIGINAL', 'A,B"C', id::VARCHAR] END
              FROM (SELECT ?::INTEGER AS id, ?::VARCHAR AS text)
              """)) {
        for (int i = 0; i < TEXTS.size(); i++) {
          insert.setInt(1, i);
          insert.setString(2, TEXTS.get(i));
          insert.execute();
        }
      }
      copy(statement, "instances", "dicom_pivot");
      copy(
          statement,
          "(SELECT 4::BIGINT AS idc_version, '2021-09-01' AS version_timestamp)",
          "version_metadata_index");
    }
  }

  private static void copy(Statement statement, String from, String table) throws SQLException {
    String file = folder.resolve(table + ".parquet").toString().replace("'", "''");
    statement.execute("COPY (FROM %s) TO '%s' (FORMAT parquet)".formatted(from, file));
  }

  private static List<Object> column(
      List<DicomMetadataRow> rows, Function<DicomMetadataRow, Object> value) {
    return rows.stream().map(value).toList();
  }

  /** Returns the values with numbers as numbers. */
  private static List<List<Object>> typed() {
    List<List<Object>> typed = new ArrayList<>(expected);
    typed.set(
        2,
        expected.get(2).stream()
            .map(value -> value == null ? null : (Object) Double.valueOf(value.toString()))
            .toList());
    return typed;
  }

  /** Returns the values as CSV can represent them: no value is an empty text. */
  private static List<List<String>> texts() {
    return expected.stream()
        .map(values -> values.stream().map(ReadBackTest::text).toList())
        .toList();
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(joining("\\"))
        : value == null ? "" : value.toString();
  }

  private static void require(String what, String... command) throws InterruptedException {
    if (!runs(command)) {
      String message = what + " (-D" + REQUIRED + "=true makes this a failure)";
      assertThat(Boolean.getBoolean(REQUIRED)).as(message).isFalse();
      Assumptions.abort(message);
    }
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the standard output of a program as JSON. */
  private static JsonNode output(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    return JsonMapper.shared().readTree(output);
  }

  @Test
  void duckDbReadsParquet() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT %s FROM read_parquet(?)".formatted(String.join(", ", COLUMNS)))) {
      statement.setString(1, folder.resolve("rows.parquet").toString());
      try (ResultSet rows = statement.executeQuery()) {
        for (int row = 0; row < TEXTS.size(); row++) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getObject(1)).isEqualTo(typed().get(0).get(row));
          assertThat(rows.getObject(2)).isEqualTo(typed().get(1).get(row));
          assertThat(rows.getObject(3)).isEqualTo(typed().get(2).get(row));
          Array list = rows.getArray(4);
          assertThat(list == null ? null : List.of((Object[]) list.getArray()))
              .isEqualTo(typed().get(3).get(row));
        }
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @Test
  void pythonReadsParquetAndCsv() throws IOException, InterruptedException {
    require(
        PYTHON + " with pandas, polars and pyarrow is needed",
        PYTHON,
        "-c",
        "import pandas, polars, pyarrow");
    List<String> command = new ArrayList<>(List.of(PYTHON, "src/test/python/read_back.py"));
    command.add(folder.toString());
    command.addAll(COLUMNS);

    JsonNode readers = output(command.toArray(String[]::new));

    JsonNode typed = JsonMapper.shared().valueToTree(typed());
    JsonNode texts = JsonMapper.shared().valueToTree(texts());
    assertThat(readers.get("pandas Parquet").get("columns")).isEqualTo(typed);
    assertThat(readers.get("polars Parquet").get("columns")).isEqualTo(typed);
    assertThat(readers.get("pandas Parquet").get("types").toString())
        .isEqualTo("[\"str\",\"str\",\"float64\",\"object\"]");
    assertThat(readers.get("polars Parquet").get("types").toString())
        .isEqualTo("[\"String\",\"String\",\"Float64\",\"List(String)\"]");
    for (String reader : List.of("csv", "pandas CSV", "polars CSV")) {
      assertThat(readers.get(reader).get("columns")).as(reader).isEqualTo(texts);
    }
  }

  @Test
  void jqReadsJson() throws IOException, InterruptedException {
    require("jq is needed", "jq", "--version");
    String filter =
        COLUMNS.stream().map(name -> "map(." + name + ")").collect(joining(",", "[", "]"));
    JsonNode all = JsonMapper.shared().valueToTree(expected);

    String array = folder.resolve("rows.json").toString();
    assertThat(output("jq", filter, array)).isEqualTo(all);
    String lines = folder.resolve("rows.ndjson").toString();
    assertThat(output("jq", "--slurp", filter, lines)).isEqualTo(all);
  }
}
