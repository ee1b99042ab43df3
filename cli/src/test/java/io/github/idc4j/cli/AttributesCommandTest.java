package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.client.IdcClient;
import io.github.idc4j.model.DicomMetadataRow;
import io.github.idc4j.openapi.IdcOpenApi;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests {@code attributes} with a real service. */
class AttributesCommandTest {

  private static final CSVFormat SPECIFICATION =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  private static ReferenceService service;
  private static List<DicomMetadataRow> instances;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws IOException {
    service = ReferenceService.builder().sampleSize(SampleSize.small()).start();
    try (IdcClient client = IdcClient.builder().baseUrl(service.baseUrl().toString()).build()) {
      instances = client.dicomMetadata().stream().toList();
    }
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private int run(ReferenceService at, String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of("attributes", "--base-url", "" + at.baseUrl()));
    all.addAll(List.of(arguments));
    return Main.execute(command, all.toArray(String[]::new));
  }

  private String output(String... arguments) {
    assertThat(run(service, arguments)).as(err.toString()).isZero();
    assertThat(err.toString()).isEmpty();
    return out.toString();
  }

  @Test
  void listHasTheFilterAttributesOfTheSpecification() throws IOException {
    Map<String, List<String>> expected = new TreeMap<>();
    try (CSVParser rows =
        CSVParser.parse(IdcOpenApi.attributes(), StandardCharsets.UTF_8, SPECIFICATION)) {
      rows.stream()
          .filter(row -> row.get("filter").equals("yes"))
          .forEach(
              row ->
                  expected.put(
                      row.get("name"),
                      List.of(row.get("data_type"), row.get("units"), row.get("description"))));
    }
    Map<String, List<String>> seen = new TreeMap<>();
    for (JsonNode row : JsonMapper.shared().readTree(output("--output", "json"))) {
      assertThat(row.get("data_source").stringValue()).startsWith("bigquery-public-data.idc_v");
      assertThat(row.get("active").isBoolean()).isTrue();
      assertThat(
              seen.put(
                  row.get("name").stringValue(),
                  List.of(
                      row.get("data_type").stringValue(),
                      row.get("units").asString(""),
                      row.get("description").stringValue())))
          .isNull();
    }

    assertThat(expected).hasSizeGreaterThan(100);
    assertThat(seen).isEqualTo(expected);
  }

  private static Map<String, Long> series(Function<DicomMetadataRow, String> attribute) {
    Map<String, Set<String>> series = new HashMap<>();
    instances.forEach(
        row ->
            series
                .computeIfAbsent(attribute.apply(row), value -> new HashSet<>())
                .add(row.seriesInstanceUid()));
    Map<String, Long> counts = new HashMap<>();
    series.forEach((value, found) -> counts.put(value, (long) found.size()));
    return counts;
  }

  private static Map<String, Long> values(String json) {
    Map<String, Long> values = new HashMap<>();
    for (JsonNode row : JsonMapper.shared().readTree(json)) {
      assertThat(row.get("series").isIntegralNumber()).isTrue();
      values.put(row.get("value").asString(null), row.get("series").asLong());
    }
    return values;
  }

  @Test
  void valuesAreThoseOfADirectCount() {
    assertThat(values(output("Modality", "--output", "json")))
        .isEqualTo(series(DicomMetadataRow::modality));
  }

  @Test
  void missingValuesAreCounted() {
    Map<String, Long> expected = series(DicomMetadataRow::bodyPartExamined);

    assertThat(expected).containsKey(null);
    assertThat(values(output("bodypart", "--limit", "1000", "--output", "json")))
        .isEqualTo(expected);
  }

  @Test
  void twentyMostCommonValuesAreShownByDefault() {
    Map<String, Long> all = series(DicomMetadataRow::patientId);
    List<Long> most = all.values().stream().sorted((a, b) -> Long.compare(b, a)).toList();

    Map<String, Long> shown = values(output("PatientID", "--output", "json"));

    assertThat(all).hasSizeGreaterThan(20).containsAllEntriesOf(shown);
    assertThat(shown.values()).containsExactlyInAnyOrderElementsOf(most.subList(0, 20));
  }

  @Test
  void tableAlsoDescribesTheAttribute() {
    Map<String, Long> expected = series(DicomMetadataRow::bodyPartExamined);

    assertThat(output("BodyPartExamined", "--limit", "1000", "--output", "table"))
        .startsWith("name:        BodyPartExamined\ndata_type:   Categorical String\n")
        .contains("\nunits:       -\ndescription: DICOM Body Part Examined")
        .contains("\n\nvalue ")
        .containsPattern("\nNone +" + expected.get(null) + "\n");
  }

  @ParameterizedTest
  @CsvSource({"true, table, 0", "true, csv, 1", "false, table, 0"})
  void serviceWithoutCountsIsExplained(boolean quirks, String format, int exitCode)
      throws IOException {
    try (ReferenceService deployed =
        ReferenceService.builder()
            .sampleSize(SampleSize.small())
            .quirks(quirks)
            .reduced(!quirks)
            .start()) {
      assertThat(run(deployed, "Modality", "--output", format)).isEqualTo(exitCode);
    }
    assertThat(exitCode == 0 ? out.toString() : err.toString())
        .contains("The service does not provide the values of attributes.");
    assertThat(out.toString().startsWith("name:        Modality\n")).isEqualTo(exitCode == 0);
  }

  @Test
  void pendingCountIsPolled() throws IOException {
    try (ReferenceService hurried =
        ReferenceService.builder()
            .sampleSize(SampleSize.small())
            .queryWait(Duration.ZERO)
            .start()) {
      assertThat(run(hurried, "Modality", "--output", "json")).as(err.toString()).isZero();
    }
    assertThat(values(out.toString())).isEqualTo(series(DicomMetadataRow::modality));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Modalty", "collection_idx"})
  void misspelledNameIsExplained(String name) {
    assertThat(run(service, name)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("idc4j attributes: There is no filter attribute " + name + ". Did you mean ")
        .hasLineCount(1);
  }
}
