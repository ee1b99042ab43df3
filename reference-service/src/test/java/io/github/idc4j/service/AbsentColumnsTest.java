package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.data.AbsentColumns;
import io.github.idc4j.service.data.IndexFiles;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests a service whose data is the index, which has series but no instances. */
class AbsentColumnsTest {

  private static final String MANIFEST = "{\"name\":\"n\",\"description\":\"d\",\"filters\":%s}";
  private static final String QUERY =
      "{\"cohort_def\":{\"name\":\"n\",\"description\":\"d\",\"filters\":{}},"
          + "\"queryFields\":{\"fields\":[\"Modality\",\"SUVbw\"]}}";

  @TempDir Path folder;

  private ReferenceService service;

  private void start(AbsentColumns absentColumns) throws IOException, SQLException {
    service =
        ReferenceService.builder()
            .dataFolder(folder.resolve("home"))
            .data(IndexFiles.write(folder.resolve("index"), folder.resolve("sample"), 21))
            .absentColumns(absentColumns)
            .start();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private JsonNode send(String method, String target, String body, int status) {
    HttpResponse<String> response =
        Http.send(
            method,
            service.baseUrl() + target,
            body == null ? null : "application/json",
            body,
            null);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JsonMapper.shared().readTree(response.body());
  }

  private String refused(String method, String target, String body) {
    return send(method, target, body, 400).get("message").asString();
  }

  @Test
  void areRefusedWithTheTableThatHasThem() throws IOException, SQLException {
    start(AbsentColumns.REFUSE);

    assertThat(refused("POST", "/cohorts/manifest/preview?GCS_URL=True", MANIFEST.formatted("{}")))
        .isEqualTo(
            "The data of this service has no column GCS_URL. The published table dicom_pivot has it."
                + " To add that table, use the option --data of the service. Manifests can contain it"
                + " if the service runs with the option --instances-from-bucket.");
    assertThat(
            refused(
                "POST",
                "/cohorts/manifest/preview?Patient_ID=True",
                MANIFEST.formatted("{\"age_at_diagnosis_gte\":[50]}")))
        .contains("no column age_at_diagnosis_gte", "tcga_clinical_rel9");
    assertThat(refused("POST", "/cohorts/query/preview", QUERY))
        .isEqualTo(
            "The data of this service has no column SUVbw. No table that IDC publishes has it.");
    assertThat(refused("GET", "/dicomMetadata", null)).contains("no column SOPInstanceUID");
  }

  @Test
  void attributesAreThoseOfTheData() throws IOException, SQLException {
    start(AbsentColumns.REFUSE);

    JsonNode sources = send("GET", "/attributes", null, 200).get("data_sources");

    assertThat(sources.findValuesAsString("data_source"))
        .containsExactly("bigquery-public-data.idc_v21.dicom_pivot");
    assertThat(sources.findValuesAsString("name"))
        .hasSize(20)
        .contains("Modality", "tcia_species", "gcs_bucket")
        .doesNotContain("SOPInstanceUID", "SUVbw", "age_at_diagnosis");
  }

  @Test
  void areNullInRowsWhereThatIsAllowed() throws IOException, SQLException {
    start(AbsentColumns.NULL);

    JsonNode manifest =
        send(
                "POST",
                "/cohorts/manifest/preview?SeriesInstanceUID=True&GCS_URL=True",
                MANIFEST.formatted("{}"),
                200)
            .get("manifest");
    JsonNode metadata = send("GET", "/dicomMetadata", null, 200).get("query_results");

    assertThat(manifest.get("json_manifest"))
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.get("SeriesInstanceUID").isString()).isTrue();
              assertThat(row.get("GCS_URL").isNull()).isTrue();
            });
    assertThat(metadata.get("totalFound")).isEqualTo(manifest.get("totalFound"));
    assertThat(metadata.at("/json/0").propertyNames()).hasSize(70);
    assertThat(metadata.at("/json/0/SOPInstanceUID").isNull()).isTrue();
    assertThat(send("POST", "/cohorts/query/preview", QUERY, 200).at("/query_results/json"))
        .allSatisfy(row -> assertThat(row.get("SUVbw").isNull()).isTrue());
  }

  @Test
  void filtersOnThemAreRefusedInEachCase() throws IOException, SQLException {
    start(AbsentColumns.NULL);

    for (String filters : List.of("{\"SUVbw_gt\":[1]}", "{\"SOPInstanceUID\":[\"1.2.3\"]}")) {
      assertThat(
              refused(
                  "POST", "/cohorts/manifest/preview?Patient_ID=True", MANIFEST.formatted(filters)))
          .contains("has no column");
    }
  }
}
