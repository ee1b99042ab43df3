package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.idc4j.service.data.AbsentColumns;
import io.github.idc4j.service.data.DataSetException;
import io.github.idc4j.service.data.PivotFiles;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Tests services whose table of instances lacks a column, or has it with another type. */
class PivotColumnsTest {

  private static final Set<String> REQUIRED =
      Set.of(
          "collection_id", "PatientID", "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID");

  private static final int GROUP = 8;

  private static final String COHORT = "{\"name\":\"n\",\"description\":\"d\",\"filters\":%s}";
  private static final String QUERY =
      "{\"cohort_def\":" + COHORT + ",\"queryFields\":{\"fields\":%s}}";

  /** Filters on the table of images, and on the tables of patients. */
  private static final List<String> FILTERS =
      List.of(
          "{}",
          "{\"Modality\":[\"CT\"]}",
          "{\"vital_status\":[\"Alive\"],\"age_at_diagnosis_gt\":[1]}",
          "{\"sample_type\":[\"01\"]}");

  @TempDir static Path sample;

  @TempDir Path folder;

  private ReferenceService service;

  @AfterEach
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  static Set<String> required() {
    return REQUIRED;
  }

  /** Returns the other columns in groups, because a service for each column would take minutes. */
  static List<List<String>> others() {
    List<String> others =
        PivotFiles.columns().stream().filter(column -> !REQUIRED.contains(column)).toList();
    return IntStream.range(0, (others.size() + GROUP - 1) / GROUP)
        .mapToObj(i -> others.subList(i * GROUP, Math.min(others.size(), (i + 1) * GROUP)))
        .toList();
  }

  private ReferenceService start(String select, AbsentColumns absentColumns, boolean quirks)
      throws IOException, SQLException {
    return ReferenceService.builder()
        .dataFolder(folder.resolve("home"))
        .data(PivotFiles.write(folder.resolve("tables"), sample, select))
        .absentColumns(absentColumns)
        .quirks(quirks)
        .start();
  }

  private HttpResponse<String> send(String method, String target, String body, String token) {
    return Http.send(
        method, service.baseUrl() + target, body == null ? null : "application/json", body, token);
  }

  /** Sends requests for all operations. Returns the messages of those that are refused. */
  private List<String> refusals(List<String> columns) {
    String token = service.issueToken("user@example.org");
    List<HttpResponse<String>> responses = new ArrayList<>();
    for (String operation :
        List.of("about", "versions", "collections", "analysis_results", "attributes")) {
      responses.add(send("GET", "/" + operation, null, null));
    }
    responses.add(send("GET", "/dicomMetadata?page_size=3", null, null));
    List<String> filters = new ArrayList<>(FILTERS);
    columns.forEach(column -> filters.add("{\"" + column + "\":[\"1\"]}"));
    String keys =
        "?Collection_ID=True&Patient_ID=True&StudyInstanceUID=True&SeriesInstanceUID=True"
            + "&SOPInstanceUID=True&Source_DOI=True&CRDC_Study_GUID=True&CRDC_Series_GUID=True"
            + "&CRDC_Instance_GUID=True&GCS_URL=True&page_size=3&sql=True";
    String fields = "[\"Modality\",\"PatientID\",\"collection_id\",\"vital_status\"]";
    for (String filter : filters) {
      for (String shown : List.of(keys, "?Source_DOI=True", "?SOPInstanceUID=True&page_size=3")) {
        HttpResponse<String> first =
            send("POST", "/cohorts/manifest/preview" + shown, COHORT.formatted(filter), null);
        responses.add(first);
        String next = JsonMapper.shared().readTree(first.body()).path("next_page").asString("");
        if (!next.isEmpty()) {
          responses.add(
              send(
                  "GET",
                  "/cohorts/manifest/nextPage?next_page="
                      + URLEncoder.encode(next, StandardCharsets.UTF_8),
                  null,
                  null));
        }
      }
      responses.add(
          send("POST", "/cohorts/query/preview?sql=True", QUERY.formatted(filter, fields), null));
      HttpResponse<String> saved = send("POST", "/cohorts", COHORT.formatted(filter), token);
      responses.add(saved);
      String id =
          JsonMapper.shared()
              .readTree(saved.body())
              .at("/cohort_properties/cohort_id")
              .asString("0");
      responses.add(send("GET", "/cohorts/manifest/" + id + keys, null, token));
      responses.add(send("POST", "/cohorts/query/" + id, "{\"fields\":" + fields + "}", token));
    }
    assertThat(responses)
        .allSatisfy(
            response ->
                assertThat(response.statusCode())
                    .as(response.uri() + ": " + response.body())
                    .isLessThan(500));
    return responses.stream()
        .filter(response -> response.statusCode() == 400)
        .map(response -> JsonMapper.shared().readTree(response.body()).path("message").asString(""))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("others")
  void aTableWithoutSomeColumnsIsServed(List<String> columns) throws IOException, SQLException {
    service =
        start(
            columns.stream().collect(Collectors.joining("\", \"", "* EXCLUDE (\"", "\")")),
            AbsentColumns.NULL,
            false);

    refusals(columns);
  }

  @ParameterizedTest
  @MethodSource("required")
  void aTableWithoutARequiredColumnIsRefused(String column) {
    assertThatExceptionOfType(DataSetException.class)
        .isThrownBy(() -> start("* EXCLUDE (\"" + column + "\")", AbsentColumns.NULL, false))
        .withMessageContaining("dicom_pivot.parquet is not a valid table dicom_pivot")
        .withMessageContaining("Missing columns: " + column + ".");
  }

  @ParameterizedTest
  @MethodSource("required")
  void aRequiredColumnOfAnotherTypeIsRefused(String column) {
    assertThatExceptionOfType(DataSetException.class)
        .isThrownBy(
            () ->
                start(
                    "* REPLACE ({'code': \"%1$s\"} AS \"%1$s\")".formatted(column),
                    AbsentColumns.REFUSE,
                    false))
        .withMessageContaining("dicom_pivot.parquet is not a valid table dicom_pivot")
        .withMessageContaining("Missing columns: " + column + " (here with the type STRUCT");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aColumnOfAnotherTypeIsAbsent(boolean quirks) throws IOException, SQLException {
    service =
        start("* REPLACE ({'code': \"Modality\"} AS \"Modality\")", AbsentColumns.REFUSE, quirks);

    assertThat(refusals(List.of("Modality")))
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains("The data of this service has no column Modality", "dicom_pivot"));
  }
}
