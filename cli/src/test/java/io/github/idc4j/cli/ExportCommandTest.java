package io.github.idc4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.model.ManifestRow;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests {@code manifest}, {@code query} and {@code metadata} with a real service. */
class ExportCommandTest {

  private static ReferenceService service;
  private static IdcClient client;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws IOException {
    service = ReferenceService.builder().sampleSize(SampleSize.small()).start();
    client = IdcClient.builder().baseUrl(service.baseUrl().toString()).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    service.close();
  }

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return Main.execute(command, arguments);
  }

  /** Runs a command with the service of this test. */
  private int export(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--base-url", service.baseUrl().toString()));
    return run(all.toArray(String[]::new));
  }

  private static List<ManifestRow> ctRows() {
    List<ManifestRow> rows = new ArrayList<>();
    client
        .previewManifest(
            CohortDefinition.of(
                Attributes.COLLECTION_ID.anyOf("nlst", "tcga_luad"),
                Attributes.MODALITY.anyOf("CT")),
            ManifestColumn.PATIENT_ID,
            ManifestColumn.GCS_URL)
        .forEach(rows::add);
    return rows;
  }

  @Test
  void manifestHasTheRowsOfTheClientInTheChosenOrderOfColumns() throws IOException {
    assertThat(
            export(
                "manifest",
                "--collection",
                "nlst,tcga_luad",
                "--modality",
                "ct",
                "--columns",
                "gcs_url,patientid"))
        .isZero();

    List<ManifestRow> expected = ctRows();
    assertThat(expected).hasSizeGreaterThan(1000);
    assertThat(CSVParser.parse(out.toString(), CSVFormat.RFC4180).getRecords())
        .extracting(CSVRecord::toList)
        .startsWith(List.of("GCS_URL", "Patient_ID"))
        .filteredOn(row -> !row.get(0).equals("GCS_URL"))
        .isEqualTo(expected.stream().map(row -> List.of(row.gcsUrl(), row.patientId())).toList());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void countPrintsTheTotalOnly() {
    assertThat(
            export(
                "manifest",
                "--count",
                "--collection=nlst,tcga_luad",
                "--where=Modality = CT",
                "--columns=Patient_ID,GCS_URL"))
        .isZero();

    assertThat(export("manifest", "--count", "--collection", "none")).isZero();

    assertThat(out.toString().lines()).containsExactly("" + ctRows().size(), "0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--count", "--output=txt"})
  void emptyResultIsExplained(String output) {
    assertThat(export("query", "--fields=PatientID", "--collection=nslt", output)).isZero();
    assertThat(err.toString().strip())
        .isEqualTo("No rows match. To see the values of an attribute, run idc4j attributes NAME.");
  }

  @Test
  void symbolicLinkIsKept() throws IOException {
    Path real = Files.writeString(folder.resolve("real.csv"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), real);

    assertThat(export("query", "--fields=collection_id", "-o", link.toString())).isZero();

    assertThat(link).isSymbolicLink();
    assertThat(real).content().startsWith("collection_id");
  }

  @Test
  void savedCohortNeedsAService() {
    assertThat(run("manifest", "--cohort", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("needs a service with your account. Add --base-url");
  }

  @Test
  void conditionsAndFilterFileSelectTheSameRows() throws IOException {
    String[] query = {"query", "--fields", "PatientID,SliceThickness", "--modality", "CT"};
    List<String> byCondition = new ArrayList<>(List.of(query));
    byCondition.addAll(List.of("--where", "SliceThickness 1..<2.5", "-o"));
    byCondition.add(folder.resolve("a.csv").toString());
    assertThat(export(byCondition.toArray(String[]::new))).isZero();
    Path filters =
        Files.writeString(
            folder.resolve("filters.json"),
            "{\"cohort_def\": {\"filters\": {\"SliceThickness_ebtw\": [1, 2.5]}}}");
    List<String> byFile = new ArrayList<>(List.of(query));
    byFile.addAll(List.of("--filters", filters.toString(), "-o"));
    byFile.add(folder.resolve("b.csv").toString());
    assertThat(export(byFile.toArray(String[]::new))).isZero();

    assertThat(folder.resolve("a.csv")).hasSameBinaryContentAs(folder.resolve("b.csv"));
    try (CSVParser rows =
        CSVParser.parse(
            folder.resolve("a.csv"),
            UTF_8,
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
      assertThat(rows.getRecords())
          .isNotEmpty()
          .allSatisfy(
              row ->
                  assertThat(Double.parseDouble(row.get("SliceThickness")))
                      .isGreaterThanOrEqualTo(1)
                      .isLessThan(2.5));
    }
  }

  @Test
  void metadataHasAllColumnsInEachJsonFormat() throws IOException {
    List<JsonNode> expected = new ArrayList<>();
    assertThat(export("metadata", "--limit", "1200", "--output", "ndjson")).isZero();
    out.toString().lines().map(JsonMapper.shared()::readTree).forEach(expected::add);
    Path file = folder.resolve("rows.json");
    assertThat(export("metadata", "--limit", "1200", "-o", file.toString())).isZero();

    assertThat(expected)
        .hasSize(1200)
        .allSatisfy(row -> assertThat(row.size()).isEqualTo(70))
        .anySatisfy(row -> assertThat(row.get("ImageType").isArray()).isTrue());
    assertThat(JsonMapper.shared().readTree(Files.readString(file)))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void textHasTheValuesOfOneColumn() {
    assertThat(export("query", "--fields", "collection_id", "--output", "txt")).isZero();
    assertThat(out.toString().lines())
        .containsExactlyElementsOf(
            client.collections().stream().map(c -> c.collectionId()).sorted().toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | query --fields Modalit,Paatient | Did you mean PatientID",
        "2 | manifest --where Modality | Write NAME = VALUE",
        "2 | manifest --where Modality=CT --modality MR | two conditions of the same kind",
        "2 | manifest --cohort 1 --modality MR | Use either --cohort or the filters",
        "2 | manifest -o rows.doc | Use one of .csv",
        "2 | manifest --output txt | Choose one column",
        "2 | manifest --resume | Add -o FILE",
        "2 | manifest --output parquet | Add -o FILE",
        "2 | manifest --limit -1 | must not be negative",
        "2 | manifest --data idc | remove --base-url",
        "2 | manifest --filters none.json | none.json does not exist",
        "2 | manifest --where PatientID=@none.txt | none.txt does not exist",
        "2 | manifest --cohort 1 | you are not signed in. Run idc4j login",
        "2 | manifest -o none/rows.csv | none does not exist. Create it",
        "2 | manifest -o . | is a folder. Add the name of a file",
        "2 | manifest --output csv -o /dev/null | is a device or a pipe",
        "4 | manifest --live | has retired version 1"
      })
  void failureIsExplainedInOneLine(int exitCode, String line, String message) {
    assertThat(export(line.split(" "))).isEqualTo(exitCode);
    assertThat(err.toString().strip()).contains(message).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aRetiredServiceExitsWith4() throws IOException {
    try (ReferenceService retired = ReferenceService.builder().retired(true).start()) {
      assertThat(run("manifest", "--base-url", retired.baseUrl().toString())).isEqualTo(4);
    }
  }

  @Test
  void configurationFileNamesTheService() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("config.properties"), "base-url = " + service.baseUrl() + "\n");

    assertThat(run("manifest", "--count", "--config", config.toString())).isZero();
    assertThat(err.toString()).isEmpty();

    Files.writeString(config, "base-ulr = x\n");
    assertThat(run("manifest", "--count", "--config", config.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("unknown option base-ulr. Similar options: base-url.");
  }

  @Test
  void processWithoutAServiceUsesTheSampleAndSaysSo() throws IOException, InterruptedException {
    Process process =
        JavaProgram.start(
            Map.of("IDC4J_HOME", folder.toString()),
            Main.class.getName(),
            "query",
            "--fields",
            "collection_id",
            "--where",
            "collection_id ~ tcga_lu%");
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(output)
        .contains("Data: synthetic sample. For real data, run idc4j data pull.")
        .contains("collection_id\r\ntcga_luad\r\n");
  }

  @ParameterizedTest
  @CsvSource({"err, false, true", "out, false, false", "err, true, false"})
  void onlyATerminalReceivesControlCharacters(String terminals, boolean quiet, boolean expected)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("-Didc4j.terminals=" + terminals, Main.class.getName(), "query"));
    command.addAll(List.of("--fields=PatientID", "--base-url=" + service.baseUrl()));
    command.addAll(List.of("-o", folder.resolve("rows.csv").toString()));
    if (quiet) {
      command.add("--quiet");
    }
    Process process = JavaProgram.start(Map.of(), command.toArray(String[]::new));
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.contains("\u001b[K")).isEqualTo(expected);
    assertThat(output.contains(" rows in ")).isEqualTo(!quiet);
  }

  @Test
  void killedExportResumesToTheSameFile() throws IOException, InterruptedException {
    Path whole = folder.resolve("whole.csv");
    Path file = folder.resolve("rows.csv");
    Path checkpoint = folder.resolve("rows.csv.checkpoint");
    assertThat(export("metadata", "-o", whole.toString())).isZero();
    Process process =
        JavaProgram.start(
            Map.of(),
            Main.class.getName(),
            "metadata",
            "-o",
            file.toString(),
            "--base-url",
            service.baseUrl().toString());
    while (Files.notExists(checkpoint) && process.isAlive()) {
      Thread.onSpinWait();
    }
    process.destroyForcibly().waitFor();
    assertThat(checkpoint).exists();
    assertThat(file).doesNotExist();
    assertThat(export("metadata", "-o", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("Add --resume to continue it, or delete " + checkpoint);

    assertThat(export("metadata", "-o", file.toString(), "--resume")).isZero();

    assertThat(err.toString()).contains("Resuming after 5,000 rows.");
    assertThat(file).hasSameBinaryContentAs(whole);
    assertThat(checkpoint).doesNotExist();
  }
}
