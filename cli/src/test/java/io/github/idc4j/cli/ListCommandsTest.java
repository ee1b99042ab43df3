package io.github.idc4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests {@code collections}, {@code analysis-results} and {@code versions} with a real service. */
class ListCommandsTest {

  private static final String LISTS =
      """
      collections      | collections      | collections
      analysis-results | analysis_results | analysisResults
      versions         | versions         | versions
      """;

  private static ReferenceService service;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws IOException {
    service = ReferenceService.builder().sampleSize(SampleSize.small()).start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private int run(Writer target, String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(target)).setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--base-url", service.baseUrl().toString()));
    return Main.execute(command, all.toArray(String[]::new));
  }

  private String output(String... arguments) {
    out.getBuffer().setLength(0);
    assertThat(run(out, arguments)).as(err.toString()).isZero();
    assertThat(err.toString()).isEmpty();
    return out.toString();
  }

  /** Returns a list as the service sends it. */
  private static List<JsonNode> sent(String operation, String member)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(service.baseUrl() + "/" + operation)).build(),
                HttpResponse.BodyHandlers.ofString());
    List<JsonNode> rows = new ArrayList<>();
    JsonMapper.shared().readTree(response.body()).get(member).forEach(rows::add);
    assertThat(rows).hasSizeGreaterThan(1);
    return rows;
  }

  private static String text(JsonNode value) {
    if (value.isArray()) {
      return String.join("\\", value.valueStream().map(JsonNode::stringValue).toList());
    }
    return value.isNull() ? "" : value.asString();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = LISTS)
  void jsonIsTheListOfTheService(String command, String operation, String member)
      throws IOException, InterruptedException {
    List<JsonNode> expected = sent(operation, member);

    assertThat(JsonMapper.shared().readTree(output(command, "--output", "json")))
        .containsExactlyElementsOf(expected);
    assertThat(output(command, "--output", "ndjson").lines().map(JsonMapper.shared()::readTree))
        .containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = LISTS)
  void delimitedTextHasAllFields(String command, String operation, String member)
      throws IOException, InterruptedException {
    List<JsonNode> expected = sent(operation, member);
    CSVFormat csv = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    for (CSVFormat format : List.of(csv, csv.builder().setDelimiter('\t').get())) {
      String text = format.equals(csv) ? output(command) : output(command, "--output", "tsv");
      try (CSVParser rows = CSVParser.parse(text, format)) {
        assertThat(rows.getHeaderNames())
            .containsExactlyInAnyOrderElementsOf(expected.get(0).propertyNames());
        List<CSVRecord> records = rows.getRecords();
        assertThat(records).hasSameSizeAs(expected);
        for (CSVRecord row : records) {
          JsonNode values = expected.get((int) row.getRecordNumber() - 1);
          row.toMap().forEach((name, value) -> assertThat(value).isEqualTo(text(values.get(name))));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = LISTS)
  void parquetKeepsTheTypes(String command, String operation, String member)
      throws IOException, InterruptedException, SQLException {
    Path file = folder.resolve("list.parquet");
    output(command, "-o", file.toString());

    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT to_json(t)::VARCHAR FROM read_parquet('%s') AS t".formatted(file))) {
      for (JsonNode expected : sent(operation, member)) {
        assertThat(rows.next()).isTrue();
        assertThat(JsonMapper.shared().readTree(rows.getString(1))).isEqualTo(expected);
      }
      assertThat(rows.next()).isFalse();
    }
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void rowsAreSortedAndCut() throws IOException, InterruptedException {
    List<String> last =
        sent("collections", "collections").stream()
            .map(row -> text(row.get("collection_id")))
            .sorted(Comparator.reverseOrder())
            .limit(3)
            .toList();
    String[] command = {"collections", "--fields", "collectionid", "--limit", "3"};

    for (List<String> sort :
        List.of(List.of("--sort=-collection_id"), List.of("--sort", "coll", "--descending"))) {
      String[] all = Stream.concat(Stream.of(command), sort.stream()).toArray(String[]::new);
      assertThat(output(all).lines().skip(1)).containsExactlyElementsOf(last);
    }
  }

  @Test
  void numbersInTextAreSortedAsNumbers() {
    List<String> versions =
        output("versions", "--sort", "idc_data", "--fields", "idc_data", "--output", "txt")
            .lines()
            .toList();

    assertThat(versions).contains("2.0", "10.0");
    assertThat(versions).isSortedAccordingTo(Comparator.comparing(Double::valueOf));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | collections --fields colection_id | There is no field colection_id. Did you mean collection_id?",
        "2 | collections --sort speces | Did you mean species?",
        "2 | collections --fields d | The field d can be date_updated or doi or description",
        "2 | collections --output txt | Choose one column",
        "2 | collections --descending | Add --sort NAME",
        "2 | collections --output parquet | Add -o FILE",
        "2 | collections --output table -o x.csv | a table cannot be written to a file",
        "2 | collections -o x.table | Use one of .csv, .tsv, .ndjson, .json, .txt,",
        "2 | versions --limit -1 | must not be negative",
        "2 | versions -o none/versions.csv | none does not exist",
        "4 | versions --live | has retired version 1"
      })
  void failureIsExplainedInOneLine(int exitCode, String line, String message) {
    assertThat(run(out, line.split(" "))).isEqualTo(exitCode);
    assertThat(err.toString().strip())
        .startsWith("idc4j " + line.split(" ")[0] + ": ")
        .contains(message)
        .hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void closedOutputIsAnError() {
    Writer closed =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("Broken pipe");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };

    assertThat(run(closed, "collections")).isEqualTo(3);
    assertThat(err.toString()).contains("cannot write the rows: the output was closed.");
  }

  @Test
  void existingFileStaysIfTheListCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("list.txt"), "old");

    assertThat(run(out, "collections", "-o", file.toString())).isEqualTo(2);
    err.getBuffer().setLength(0);

    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    output("collections", "-o", file.toString(), "--fields", "collection_id");
    assertThat(file).content().contains("tcga_luad\n");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @ParameterizedTest
  @CsvSource({"76, 76", "'', 80", "wide, 80"})
  void terminalShowsATableThatFits(String columns, int width)
      throws IOException, InterruptedException {
    Process process =
        JavaProgram.start(
            Map.of("COLUMNS", columns),
            "-Didc4j.terminals=out",
            Main.class.getName(),
            "collections",
            "--base-url",
            service.baseUrl().toString());
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();

    assertThat(process.waitFor()).as("%s", lines).isZero();
    assertThat(lines.get(0)).startsWith("collection_id  ").doesNotContain("description");
    assertThat(lines).allMatch(line -> line.length() <= width);
    assertThat(lines).anyMatch(line -> line.length() > width - 12);
    assertThat(lines.subList(1, lines.size()))
        .anyMatch(line -> line.contains("…"))
        .extracting(line -> line.split(" ")[0])
        .containsExactlyElementsOf(
            sent("collections", "collections").stream()
                .map(row -> text(row.get("collection_id")))
                .toList());
  }

  @Test
  void tableThatIsNotOnATerminalIsComplete() {
    assertThat(output("collections", "--output", "table", "--fields", "collection_id,description"))
        .doesNotContain("…")
        .contains("\ntcga_luad ");
  }

  @Test
  void manifestCanBeATable() {
    List<String> lines =
        output("manifest", "--columns", "Patient_ID", "--limit", "3", "--output", "table")
            .lines()
            .toList();
    assertThat(lines).hasSize(4).startsWith("Patient_ID");
  }
}
