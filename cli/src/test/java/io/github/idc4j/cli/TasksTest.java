package io.github.idc4j.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the commands of {@code docs/tasks.md} on the wheel in {@code -Dtasks.index}, and compares
 * the results with queries over the index in the wheel.
 */
@Tag("slow")
class TasksTest {

  private static final Pattern TASK =
      Pattern.compile("(?ms)^## (?<name>[^\n]+)$(?<text>.*?)(?=^## |\\z)");

  private static final Pattern COMMANDS = block("sh");

  /** What the command prints if it cannot export rows. */
  private static final Pattern MESSAGE = block("text");

  private static final Pattern FILE = Pattern.compile("-o (\\S+)\\s*\\z");

  /** The query for each task that exports rows. The view {@code series} is the index. */
  private static final Map<String, String> QUERIES =
      Map.ofEntries(
          Map.entry(
              "Count the CT series",
              "SELECT count(DISTINCT SeriesInstanceUID) FROM series WHERE Modality = 'CT'"),
          Map.entry(
              "List the modalities of a collection",
              "SELECT DISTINCT Modality FROM series WHERE collection_id = 'tcga_luad'"),
          Map.entry(
              "List the series of a patient",
              "SELECT StudyDate, Modality, SeriesDescription, SeriesInstanceUID FROM series"
                  + " WHERE PatientID = 'LIDC-IDRI-0001'"),
          Map.entry(
              "List the studies of a year",
              "SELECT DISTINCT PatientID, StudyInstanceUID, StudyDate FROM series"
                  + " WHERE collection_id = 'nlst' AND year(StudyDate::DATE) = 2001"),
          Map.entry(
              "Search the descriptions of series",
              "SELECT DISTINCT collection_id, SeriesDescription FROM series"
                  + " WHERE contains(lower(SeriesDescription), 'perfusion')"),
          Map.entry(
              "List the collections with given licenses",
              "SELECT DISTINCT collection_id, license_short_name FROM series"
                  + " WHERE license_short_name IN ('CC BY 3.0', 'CC BY 4.0')"),
          Map.entry(
              "List the scanners of a modality",
              "SELECT DISTINCT Manufacturer, ManufacturerModelName FROM series"
                  + " WHERE Modality = 'MR'"),
          Map.entry(
              "Export the identifiers of a collection",
              "SELECT PatientID, StudyInstanceUID, SeriesInstanceUID,"
                  + " 'dg.4DFC/' || crdc_series_uuid FROM series"
                  + " WHERE collection_id = 'lidc_idri'"),
          Map.entry(
              "List the patients with two modalities",
              "SELECT PatientID FROM series"
                  + " WHERE collection_id = 'lidc_idri' AND Modality IN ('CT', 'SEG')"
                  + " GROUP BY PatientID HAVING count(DISTINCT Modality) = 2"),
          Map.entry(
              "Write a download manifest of a collection",
              "SELECT 'cp ' || series_aws_url || ' .' FROM series"
                  + " WHERE collection_id = 'rider_lung_ct'"));

  @TempDir static Path tables;

  private static ReferenceService service;

  @TempDir Path folder;

  private static Pattern block(String language) {
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL);
  }

  @BeforeAll
  static void start() throws IOException {
    String path = System.getProperty("tasks.index");
    assumeTrue(path != null, "needs a wheel of idc-index-data in -Dtasks.index");
    try (ZipFile wheel = new ZipFile(path)) {
      ZipEntry entry = wheel.getEntry("idc_index_data/idc_index.parquet");
      try (InputStream rows = wheel.getInputStream(entry)) {
        Files.copy(rows, index());
      }
    }
    service = ReferenceService.builder().data(Path.of(path)).start();
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
  }

  private static Path index() {
    return tables.resolve("idc_index.parquet");
  }

  /** Returns the text of each task by its name. */
  private static Map<String, String> tasks() throws IOException {
    Map<String, String> tasks = new LinkedHashMap<>();
    TASK.matcher(Files.readString(Path.of("../docs/tasks.md")))
        .results()
        .forEach(task -> tasks.put(task.group(1).strip(), task.group(2)));
    return tasks;
  }

  static List<String> names() throws IOException {
    return List.copyOf(tasks().keySet());
  }

  @Test
  void everyTaskHasAQueryOrAMessage() throws IOException {
    Map<String, String> tasks = tasks();
    assertThat(tasks).hasSize(12);
    tasks.values().removeIf(text -> MESSAGE.matcher(text).find());
    assertThat(tasks.keySet()).containsExactlyInAnyOrderElementsOf(QUERIES.keySet());
  }

  @ParameterizedTest
  @MethodSource("names")
  void commandHasTheResultOfTheQuery(String name)
      throws IOException, InterruptedException, SQLException {
    String text = tasks().get(name);
    String commands = only(COMMANDS, text).strip();
    int exitCode = run(commands);
    String errors = Files.readString(folder.resolve("stderr"));
    if (QUERIES.containsKey(name)) {
      assertThat(exitCode).as(errors).isZero();
      Matcher file = FILE.matcher(commands);
      compare(name, rows(folder.resolve(file.find() ? file.group(1) : "stdout")));
    } else {
      assertThat(exitCode).as(errors).isEqualTo(1);
      assertThat(errors).contains(only(MESSAGE, text).strip());
    }
  }

  private static String only(Pattern block, String text) {
    List<String> blocks = block.matcher(text).results().map(found -> found.group(1)).toList();
    assertThat(blocks).as(text).hasSize(1);
    return blocks.get(0);
  }

  /** Runs the commands in a shell, in a folder in which {@code ./idc4j} is the command. */
  private int run(String commands) throws IOException, InterruptedException {
    String command =
        JavaProgram.command(Main.class.getName()).stream()
            .map(argument -> "'" + argument.replace("'", "'\\''") + "'")
            .collect(joining(" ", "exec ", " \"$@\"\n"));
    Path launcher = Files.writeString(folder.resolve("idc4j"), "#!/bin/sh\n" + command);
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    ProcessBuilder shell = new ProcessBuilder("sh", "-ec", commands);
    shell.directory(folder.toFile());
    shell.environment().put("IDC4J_BASE_URL", service.baseUrl().toString());
    shell.redirectOutput(folder.resolve("stdout").toFile());
    return shell.redirectError(folder.resolve("stderr").toFile()).start().waitFor();
  }

  /** Returns the SQL that reads a result as texts. */
  private static String rows(Path file) {
    String name = "'" + file.toString().replace("'", "''") + "'";
    if (file.toString().endsWith(".parquet")) {
      return "FROM read_parquet(" + name + ")";
    }
    if (file.toString().endsWith(".s5cmd")) {
      return "FROM (SELECT unnest(string_split(trim(content, chr(10)), chr(10))) AS line"
          + " FROM read_text(%s)) WHERE line NOT LIKE '#%%'".formatted(name);
    }
    String header = Boolean.toString(file.toString().endsWith(".csv"));
    return "FROM read_csv(%s, header = %s, all_varchar = true, delim = ',')"
        .formatted(name, header);
  }

  private static void compare(String name, String rows) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE VIEW series AS FROM '" + index() + "'");
      statement.execute("CREATE TABLE result AS " + rows);
      statement.execute(
          "CREATE TABLE expected AS SELECT COLUMNS(*)::VARCHAR FROM (" + QUERIES.get(name) + ")");
      long count = number(statement, "SELECT count(*) FROM expected");
      assertThat(count).isPositive();
      assertThat(number(statement, "SELECT count(*) FROM result")).isEqualTo(count);
      assertThat(number(statement, "SELECT count(*) FROM (FROM expected EXCEPT ALL FROM result)"))
          .as("missing rows")
          .isZero();
      System.out.printf("%s: %,d equal rows%n", name, count);
    }
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }
}
