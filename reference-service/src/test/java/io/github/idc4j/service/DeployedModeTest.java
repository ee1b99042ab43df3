package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.fault.Fault;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the rules of filters in the default mode and in deployed-compatible mode. */
class DeployedModeTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PREVIEW = "/cohorts/manifest/preview?SOPInstanceUID=True&page_size=1";

  @TempDir static Path home;

  private static ReferenceService standard;
  private static ReferenceService deployed;

  @BeforeAll
  static void start() throws IOException {
    standard = builder().start();
    deployed = builder().quirks(true).start();
  }

  private static ReferenceServiceBuilder builder() {
    return ReferenceService.builder()
        .dataFolder(home)
        .sampleSize(new SampleSize(Map.of("tcga_luad", 30, "nlst", 5), 400));
  }

  @AfterAll
  static void stop() {
    standard.close();
    deployed.close();
  }

  private static HttpResponse<String> preview(
      ReferenceService service, String filters, String query) {
    return Http.send(
        "POST",
        service.baseUrl() + PREVIEW + query,
        "application/json",
        "{\"name\":\"n\",\"description\":\"d\",\"filters\":" + filters.replace('\'', '"') + "}",
        null);
  }

  private static long total(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).at("/manifest/totalFound").asLong();
  }

  private static long total(ReferenceService service, String filters) {
    return total(preview(service, filters, ""));
  }

  /** Saves a cohort and returns the response to a request for its manifest. */
  private static HttpResponse<String> saved(ReferenceService service, String filters) {
    String token = service.issueToken("alice@example.org");
    JsonNode cohort =
        JSON.readTree(
            Http.send(
                    "POST",
                    service.baseUrl() + "/cohorts",
                    "application/json",
                    "{\"name\":\"n\",\"description\":\"d\",\"filters\":"
                        + filters.replace('\'', '"')
                        + "}",
                    token)
                .body());
    long id = cohort.at("/cohort_properties/cohort_id").asLong();
    return Http.send(
        "GET",
        service.baseUrl() + PREVIEW.replace("preview", Long.toString(id)),
        null,
        null,
        token);
  }

  @Test
  void aPercentSignIsAPatternOrALiteral() {
    assertThat(total(standard, "{'Modality':['C%']}")).isPositive();
    assertThat(total(deployed, "{'Modality':['C%']}")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'days_to_last_followup':[5]}",
        "{'number_of_lymphnodes_examined':[1]}",
        "{'min_percent_lymphocyte_infiltration':[1]}",
        "{'StudyDate':['2001-02-03']}"
      })
  void someEqualitiesFailInTheDeployedServiceOnly(String filters) {
    assertThat(preview(standard, filters, "").statusCode()).isEqualTo(200);
    assertThat(preview(deployed, filters, "").statusCode()).isEqualTo(500);
  }

  @Test
  void noneIsLostIfTheSqlIsPrinted() {
    String both = "{'program_name':['TCGA'],'race':['None','WHITE']}";

    assertThat(total(deployed, both))
        .isGreaterThan(total(preview(deployed, both, "&sql=True")))
        .isEqualTo(total(deployed, both));
    assertThat(total(preview(standard, both, "&sql=True"))).isEqualTo(total(standard, both));
    assertThat(preview(deployed, "{'race':['None']}", "&sql=True").statusCode()).isEqualTo(400);
    assertThat(preview(deployed, "{'race':['None']}", "").statusCode()).isEqualTo(200);
  }

  @Test
  void aSavedNumberBecomesARangeBetweenItsDigits() {
    String collection = "{'collection_id':['tcga_luad'],'age_at_diagnosis";

    assertThat(total(saved(deployed, collection + "':[49]}")))
        .isEqualTo(total(deployed, collection + "_btw':[4,9]}"));
    assertThat(total(saved(standard, collection + "':[49]}")))
        .isEqualTo(total(standard, collection + "':[49]}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "1.25", "-5"})
  void otherSavedNumbersMakeTheQueryFail(String number) {
    String filters = "{'collection_id':['tcga_luad'],'age_at_diagnosis':[" + number + "]}";

    assertThat(saved(deployed, filters).statusCode()).isEqualTo(500);
    assertThat(saved(standard, filters).statusCode()).isEqualTo(200);
  }

  @Test
  void aSavedRangeIsLost() {
    String filters = "{'collection_id':['tcga_luad'],'age_at_diagnosis_lt':[0]}";

    assertThat(total(saved(deployed, filters)))
        .isEqualTo(total(deployed, "{'collection_id':['tcga_luad']}"));
    assertThat(total(saved(standard, filters))).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1_0,200", "%2B2,200", "' 2 ',200", "_1,400", "1__0,400", "1_,400"})
  void aPageSizeIsReadAsPythonReadsIt(String pageSize, int status) {
    String target = "/dicomMetadata?page_size=" + pageSize.replace(' ', '+');

    assertThat(Http.send("GET", deployed.baseUrl() + target, null, null, null).statusCode())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<a", "![", "[][\"", "javascript", "!", "</script", "[][\"a"})
  @Timeout(30)
  void aLongNameIsCheckedInLinearTime(String part) {
    String name = part.repeat(1_000_000 / part.length()).replace("\"", "\\\"");
    for (ReferenceService service : new ReferenceService[] {standard, deployed}) {
      String body = "{\"name\":\"" + name + "\",\"description\":\"d\",\"filters\":{}}";

      assertThatCode(
              () -> Http.send("POST", service.baseUrl() + PREVIEW, "application/json", body, null))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aQueryFailsAtOnceOrAfterA202() throws IOException {
    try (ReferenceService failing =
        builder()
            .fault(Fault.FAIL_QUERIES)
            .slowAddress(1)
            .queryWait(Duration.ofSeconds(20))
            .start()) {
      String body = "{\"name\":\"n\",\"description\":\"d\",\"filters\":{}}";
      HttpResponse<String> first =
          Http.send("POST", failing.slowBaseUrl() + PREVIEW, "application/json", body, null);
      String token = JSON.readTree(first.body()).get("next_page").asString();

      assertThat(first.statusCode()).isEqualTo(202);
      assertThat(
              Http.send(
                      "GET",
                      failing.baseUrl() + "/cohorts/manifest/nextPage?next_page=" + token,
                      null,
                      null,
                      null)
                  .statusCode())
          .isEqualTo(500);
      assertThat(preview(failing, "{}", "").statusCode()).isEqualTo(500);
    }
  }
}
