package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.ManifestColumn;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests the rows of pages, their order, and which requests may use a page token. */
class PagesTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Catalogue CATALOGUE = new Catalogue();
  private static final String ALL = "{\"name\":\"n\",\"description\":\"d\",\"filters\":{}}";

  @TempDir static Path home;

  private static ReferenceService service;

  @BeforeAll
  static void start() throws IOException {
    service =
        ReferenceService.builder()
            .dataFolder(home)
            .sampleSize(new SampleSize(Map.of("tcga_luad", 8, "nlst", 4), 400))
            .start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static HttpResponse<String> send(
      String method, String target, String body, String bearer) {
    return Http.send(method, service.baseUrl() + target, "application/json", body, bearer);
  }

  private static JsonNode json(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }

  private static String next(String family, JsonNode page, String more) {
    return family
        + "/nextPage?next_page="
        + URLEncoder.encode(page.get("next_page").asString(), StandardCharsets.UTF_8)
        + more;
  }

  private static List<JsonNode> rows(JsonNode array) {
    List<JsonNode> rows = new ArrayList<>();
    array.forEach(rows::add);
    return rows;
  }

  private static Comparator<JsonNode> by(List<String> keys) {
    Function<String, Comparator<JsonNode>> cell =
        key -> Comparator.comparing(row -> row.get(key).asString(""));
    return keys.stream().map(cell).reduce(Comparator::thenComparing).orElseThrow();
  }

  private static JsonNode query(List<String> fields, String more) {
    return json(
        send(
            "POST",
            "/cohorts/query/preview?" + more,
            "{\"cohort_def\":" + ALL + ",\"queryFields\":{\"fields\":" + quoted(fields) + "}}",
            null),
        200);
  }

  private static String quoted(List<String> names) {
    return names.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
  }

  @RepeatedTest(12)
  void manifestsAreSortedByTheLastColumnAndHaveNoRowTwice(RepetitionInfo repetition) {
    long seed = 77L + repetition.getCurrentRepetition();
    List<String> keys =
        new ArrayList<>(CATALOGUE.manifestColumns().stream().map(ManifestColumn::key).toList());
    Random random = new Random(seed);
    keys.removeIf(key -> random.nextInt(3) > 0);
    if (keys.isEmpty()) {
      keys.add("Patient_ID");
    }
    // The order of the columns in the request has no effect on the response.
    List<String> asked = new ArrayList<>(keys);
    Collections.shuffle(asked, random);
    JsonNode page =
        json(
            send(
                "POST",
                "/cohorts/manifest/preview?page_size=400&"
                    + asked.stream().collect(Collectors.joining("=True&", "", "=True")),
                ALL,
                null),
            200);
    List<JsonNode> rows = rows(page.at("/manifest/json_manifest"));

    assertThat(rows)
        .as("seed %d: %s", seed, asked)
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(by(List.of(keys.get(keys.size() - 1))))
        .allSatisfy(
            row -> assertThat(row.propertyNames()).containsExactlyInAnyOrderElementsOf(keys));
  }

  @Test
  void queriesAreSortedByAllTheirFieldsWithNullsFirst() {
    List<String> fields = List.of("BodyPartExamined", "Modality", "PatientID");
    List<JsonNode> rows = rows(query(fields, "page_size=400").at("/query_results/json"));

    assertThat(rows).hasSizeGreaterThan(10).doesNotHaveDuplicates().isSortedAccordingTo(by(fields));
    assertThat(rows.get(0).get("BodyPartExamined").isNull()).isTrue();
    assertThat(rows).anySatisfy(row -> assertThat(row.get("BodyPartExamined").isString()).isTrue());
  }

  @Test
  void everyQueryFieldButOneIsAColumnOfTextNullOrTexts() {
    List<String> fields =
        CATALOGUE.attributes().stream().filter(Attribute::queryField).map(Attribute::name).toList();
    JsonNode page = query(fields, "page_size=1");

    assertThat(fields).hasSize(49);
    assertThat(page.at("/query_results/json/0").propertyNames())
        .hasSize(48)
        .isSubsetOf(fields)
        .doesNotContain("Surface_area_of");
    page.at("/query_results/json/0")
        .forEach(cell -> assertThat(cell.isString() || cell.isNull() || cell.isArray()).isTrue());
  }

  @Test
  void dicomMetadataHasEveryInstanceInOrderWithAllColumns() {
    List<String> columns =
        CATALOGUE.attributes().stream()
            .filter(Attribute::dicomMetadata)
            .map(Attribute::name)
            .sorted()
            .toList();
    JsonNode page = json(send("GET", "/dicomMetadata?page_size=399", null, null), 200);
    List<JsonNode> rows = rows(page.at("/query_results/json"));
    JsonNode last = json(send("GET", next("/dicomMetadata", page, ""), null, null), 200);
    rows.addAll(rows(last.at("/query_results/json")));

    assertThat(columns).hasSize(70);
    assertThat(last.get("next_page").asString()).isEmpty();
    assertThat(rows)
        .hasSize(400)
        .doesNotHaveDuplicates()
        .allSatisfy(row -> assertThat(row.propertyNames()).containsExactlyElementsOf(columns))
        .isSortedAccordingTo(
            by(
                List.of(
                    "collection_id",
                    "PatientID",
                    "StudyInstanceUID",
                    "SeriesInstanceUID",
                    "SOPInstanceUID")));
  }

  @Test
  void aTokenGivesTheSamePageEachTimeAndPageSizeIsOfTheCall() {
    JsonNode page =
        json(
            send("POST", "/cohorts/manifest/preview?SOPInstanceUID=True&page_size=5", ALL, null),
            200);
    String next = next("/cohorts/manifest", page, "&page_size=3");
    JsonNode second = json(send("GET", next, null, null), 200);

    assertThat(json(send("GET", next, null, null), 200).get("manifest"))
        .isEqualTo(second.get("manifest"));
    assertThat(second.at("/manifest/rowsReturned").asInt()).isEqualTo(3);
    assertThat(
            json(send("GET", next("/cohorts/manifest", page, ""), null, null), 200)
                .at("/manifest/rowsReturned")
                .asInt())
        .isEqualTo(395);
  }

  @Test
  void aTokenIsOfNoUseToAnotherUserOrFamily() {
    String alice = service.issueToken("alice@example.org");
    String bob = service.issueToken("bob@example.org");
    JsonNode page =
        json(
            send("POST", "/cohorts/manifest/preview?SOPInstanceUID=True&page_size=5", ALL, alice),
            200);

    json(send("GET", next("/cohorts/manifest", page, ""), null, alice), 200);
    json(send("GET", next("/cohorts/manifest", page, ""), null, bob), 400);
    json(send("GET", next("/cohorts/manifest", page, ""), null, null), 400);
    json(send("GET", next("/cohorts/query", page, ""), null, alice), 400);
    JsonNode refused = json(send("GET", next("/dicomMetadata", page, ""), null, alice), 400);
    assertThat(refused.get("message").asString()).startsWith("Invalid next_page token ");
  }

  @Test
  void tokensOfDicomMetadataBelongToNobody() {
    String alice = service.issueToken("alice@example.org");
    JsonNode page = json(send("GET", "/dicomMetadata?page_size=5", null, alice), 200);

    json(send("GET", next("/dicomMetadata", page, ""), null, null), 200);
    json(send("GET", next("/cohorts/query", page, ""), null, alice), 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"400", "401", "2147483647"})
  void pageSizeMayBeLargerThanTheResult(String pageSize) {
    JsonNode page = json(send("GET", "/dicomMetadata?page_size=" + pageSize, null, null), 200);

    assertThat(page.at("/query_results/rowsReturned").asInt()).isEqualTo(400);
    assertThat(page.get("next_page").asString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 'Parameter page_size must be a positive integer, not 0'",
    "-5, 'Parameter page_size must be a positive integer, not -5'",
    "2147483648, 'Parameter page_size must be at most 2147483647, the largest 32-bit integer'",
    "abc, Parameter page_size must have an integer value",
    "1.5, Parameter page_size must have an integer value",
    "'', Parameter page_size must have an integer value",
  })
  void otherPageSizesAreRefusedWithTheReason(String pageSize, String message) {
    JsonNode refused =
        json(
            send(
                "POST",
                "/cohorts/manifest/preview?Patient_ID=True&page_size=" + pageSize,
                ALL,
                null),
            400);

    assertThat(refused.get("message").asString()).isEqualTo(message);
  }
}
