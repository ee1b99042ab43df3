package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Filter;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page that explores the data shows a command for each filter. The command exports the series
 * that the filter selects, also if values have characters that the shell or {@code --where} would
 * interpret.
 */
@Tag("slow")
class ExploreCommandTest {

  private static final String REQUIRED = "samples.required";

  private static final String SERIES =
      """
      SELECT 'nlst' AS collection_id, 'p' || i AS "PatientID", '1.' || i AS "StudyInstanceUID",
        '1.' || i || '.1' AS "SeriesInstanceUID", '1.' || i || '.1.1' AS "SOPInstanceUID",
        ['CT', 'M R', 'O''T', 'a,b', '-x', '@x'][1 + i % 6] AS "Modality",
        [NULL, 'it''s "so"', '50%', '50% or more', '$HOME', 'H\\ÜFTE', '`x`', ' a ', 'a, b', ''][1 + i % 10]
          AS "BodyPartExamined",
        make_date(2000 + i % 3, 2, 1) AS "StudyDate"
      FROM range(60) AS rows(i)
      """;

  /** Prints the command for the filter in the second argument. */
  private static final String SCRIPT =
      """
      globalThis.location = { origin: process.argv[2] };
      const { body, FORMS } = await import("./code.js");
      console.log(FORMS["idc4j command"](body(JSON.parse(process.argv[3]))));
      """;

  @TempDir private static Path data;
  @TempDir private static Path home;
  @TempDir private static Path scripts;
  @TempDir Path folder;

  private static ReferenceService service;

  @BeforeAll
  static void start() throws IOException, SQLException {
    requireNode();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      copy(statement, SERIES, "dicom_pivot");
      copy(
          statement,
          "SELECT 25 AS idc_version, DATE '2026-09-26' AS version_timestamp",
          "version_metadata_index");
    }
    service = ReferenceService.builder().data(data).dataFolder(home).start();
    for (String script : List.of("code.js", "charts.js", "service.js")) {
      try (InputStream resource =
          ReferenceService.class.getResourceAsStream("/io/github/idc4j/service/http/" + script)) {
        Files.copy(resource, scripts.resolve(script));
      }
    }
    Files.writeString(scripts.resolve("package.json"), "{\"type\": \"module\"}");
    Files.writeString(scripts.resolve("command.js"), SCRIPT);
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
  }

  private static void requireNode() {
    try {
      new ProcessBuilder("node", "--version").start();
    } catch (IOException e) {
      String message = "needs Node 20 or newer (-D" + REQUIRED + "=true makes this a failure)";
      if (Boolean.getBoolean(REQUIRED)) {
        fail(message);
      }
      abort(message);
    }
  }

  private static void copy(Statement statement, String rows, String table) throws SQLException {
    statement.execute(
        "COPY (%s) TO '%s' (FORMAT parquet)".formatted(rows, data.resolve(table + ".parquet")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"collection_id\": [\"nlst\"], \"Modality\": [\"CT\", \"M R\"]}",
        "{\"Modality\": [\"O'T\", \"a,b\", \"-x\", \"@x\"]}",
        "{\"Modality\": [\"@x\"]}",
        "{\"BodyPartExamined\": [\"None\", \"it's \\\"so\\\"\", \"$HOME\", \"H\\\\ÜFTE\"]}",
        "{\"BodyPartExamined\": [\"`x`\", \" a \", \"a, b\", \"\"]}",
        "{\"BodyPartExamined\": [\"50%\"]}",
        "{\"StudyDate\": [\"2001%\"], \"Modality\": [\"M R\"]}"
      })
  void commandExportsTheSeriesOfTheFilter(String filters) throws IOException, InterruptedException {
    URI page = service.baseUrl().resolve("/");
    String command =
        run(
            "node",
            scripts.resolve("command.js").toString(),
            page.toString().replaceFirst("/$", ""),
            filters);
    Files.writeString(
        folder.resolve("idc4j"),
        "exec " + String.join(" ", JavaProgram.command(Main.class.getName())) + " \"$@\"\n");

    run("bash", "-c", command.replace("./idc4j", "bash idc4j"));

    assertThat(Files.readAllLines(folder.resolve("manifest.csv")).stream().skip(1))
        .map(line -> line.substring(line.lastIndexOf(',') + 1))
        .containsExactlyInAnyOrderElementsOf(expected(filters));
  }

  private String run(String... program) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(program).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(program), output).isZero();
    return output;
  }

  /** Returns the series that the client finds. A repeated value with % is no pattern. */
  private static List<String> expected(String filters) {
    Map<String, List<String>> values =
        JsonMapper.shared().readValue(filters, new TypeReference<>() {});
    CohortDefinition cohort =
        CohortDefinition.of(
            values.entrySet().stream()
                .map(filter -> new Filter(filter.getKey(), literal(filter.getValue())))
                .toArray(Filter[]::new));
    try (IdcClient client = IdcClient.builder().baseUrl(service.baseUrl().toString()).build()) {
      List<String> series =
          client.previewManifest(cohort, ManifestColumn.SERIES_INSTANCE_UID).stream()
              .map(row -> row.seriesInstanceUid())
              .toList();
      assertThat(series).isNotEmpty();
      return series;
    }
  }

  private static List<Object> literal(List<String> values) {
    return values.equals(List.of("50%")) ? List.of("50%", "50%") : List.copyOf(values);
  }
}
