package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests the service over HTTP, with a small amount of sample data. */
class ReferenceServiceTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String ALICE = "alice@example.org";

  @TempDir static Path home;

  private final MovableClock clock = new MovableClock();
  private ReferenceService service;

  private ReferenceServiceBuilder builder() {
    return ReferenceService.builder()
        .dataFolder(home)
        .clock(clock)
        .sampleSize(new SampleSize(Map.of("tcga_luad", 30, "tcga_kirc", 20, "nlst", 10), 3000));
  }

  private void start() throws IOException {
    service = builder().start();
  }

  @AfterEach
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  private HttpResponse<String> send(String method, String target, String body, String token) {
    return Http.send(method, service.baseUrl() + target, "application/json", body, token);
  }

  private JsonNode json(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }

  private JsonNode manifest(String keys, String filters) {
    return json(
        send(
            "POST",
            "/cohorts/manifest/preview?" + keys,
            "{\"name\":\"n\",\"description\":\"d\",\"filters\":" + filters + "}",
            null),
        200);
  }

  private long total(String filters) {
    return manifest("SOPInstanceUID=True&page_size=1", filters).at("/manifest/totalFound").asLong();
  }

  private JsonNode next(String token, int pageSize, int status) {
    return json(
        send(
            "GET",
            "/cohorts/manifest/nextPage?page_size="
                + pageSize
                + "&next_page="
                + URLEncoder.encode(token, StandardCharsets.UTF_8),
            null,
            null),
        status);
  }

  private List<String> walk(int pageSize) {
    List<String> rows = new ArrayList<>();
    JsonNode page = manifest("SOPInstanceUID=True&page_size=" + pageSize, "{}");
    while (true) {
      page.at("/manifest/json_manifest")
          .forEach(row -> rows.add(row.get("SOPInstanceUID").asString()));
      String token = page.get("next_page").asString();
      if (token.isEmpty()) {
        return rows;
      }
      page = next(token, pageSize, 200);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 999, 3000, 3001})
  void everyWalkGivesEveryRowOnceInOrder(int pageSize) throws IOException {
    start();

    assertThat(walk(pageSize)).hasSize(3000).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void manyWalksAtOnceDoNotDisturbEachOther()
      throws IOException, InterruptedException, ExecutionException {
    start();
    List<String> alone = walk(500);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<List<String>>> walks = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        int pageSize = 400 + 37 * i;
        walks.add(threads.submit(() -> walk(pageSize)));
      }
      for (Future<List<String>> walk : walks) {
        assertThat(walk.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'; DROP VIEW dicom_pivot; --",
        "' OR 1=1 --",
        "\\\" OR \\\"\\\"=\\\"",
        "?",
        "%' OR '%'='%"
      })
  void valuesAreNeverSql(String value) throws IOException {
    start();

    assertThat(total("{\"Modality\":[\"" + value + "\"]}")).isZero();
    assertThat(total("{\"Modality\":[\"" + value + "\",\"no such\"]}")).isZero();
    assertThat(total("{}")).isEqualTo(3000);
  }

  @Test
  void aSingleTextWithPercentIsAPatternAndSeveralAreNot() throws IOException {
    start();

    assertThat(total("{\"collection_id\":[\"TCGA%\"]}"))
        .isEqualTo(total("{\"collection_id\":[\"tcga_luad\",\"TCGA-KIRC\"]}"))
        .isPositive();
    assertThat(total("{\"collection_id\":[\"tcga%\",\"x\"]}")).isZero();
  }

  @Test
  void noneMatchesNull() throws IOException {
    start();
    long with = total("{\"BodyPartExamined\":[\"%\"]}");

    assertThat(total("{\"BodyPartExamined\":[\"None\"]}")).isEqualTo(3000 - with).isPositive();
    assertThat(total("{\"BodyPartExamined\":[\"None\",\"LUNG\",\"CHEST\",\"KIDNEY\"]}"))
        .isEqualTo(3000);
  }

  @Test
  void clinicalFiltersKeepOnlyMatchesOrWithQuirksPatientsWithoutARowToo() throws IOException {
    start();
    long all = total("{}");
    long matched = total("{\"race\":[\"WHITE\"]}");
    long clinical = total("{\"program_name\":[\"TCGA\"]}");
    service.close();
    service = builder().quirks(true).start();

    assertThat(clinical).isLessThan(all);
    assertThat(total("{\"race\":[\"WHITE\"]}")).isEqualTo(matched + all - clinical);
  }

  @Test
  void quirksAcceptLargeIdentifiersButNotOnesThatTakeLongToRead() throws IOException {
    service = builder().quirks(true).start();
    String token = service.issueToken("a@example.org");

    assertThat(send("DELETE", "/cohorts/" + "9".repeat(4300), null, token).statusCode())
        .isEqualTo(200);
    assertThat(send("DELETE", "/cohorts/" + "9".repeat(4301), null, token).statusCode())
        .isEqualTo(404);
  }

  @Test
  void a202IsRealAndEndsInTheFirstPage() throws IOException {
    service = builder().queryWait(Duration.ZERO).start();
    HttpResponse<String> answer =
        send(
            "POST",
            "/cohorts/manifest/preview?SOPInstanceUID=True&page_size=2",
            // With so many values, the query takes longer than the wait of zero.
            JSON.writeValueAsString(
                Map.of(
                    "name",
                    "n",
                    "description",
                    "d",
                    "filters",
                    Map.of(
                        "Modality",
                        Stream.concat(
                                Stream.of("CT", "MR"),
                                IntStream.range(0, 20_000).mapToObj(i -> "X" + i))
                            .toList()))),
            null);
    int accepted = 0;
    while (answer.statusCode() == 202) {
      accepted++;
      String token = JSON.readTree(answer.body()).get("next_page").asString();
      answer =
          send(
              "GET",
              "/cohorts/manifest/nextPage?page_size=2&next_page="
                  + URLEncoder.encode(token, StandardCharsets.UTF_8),
              null,
              null);
    }

    assertThat(accepted).isPositive();
    assertThat(json(answer, 200).at("/manifest/rowsReturned").asInt()).isEqualTo(2);
  }

  @Test
  void theFirstWaitsEndUnfinishedWhenToldSo() throws IOException {
    service = builder().unfinishedWaits(2).start();
    JsonNode first = json(send("GET", "/dicomMetadata?page_size=1", null, null), 202);
    String token = first.at("/query_info/next_page").asString();
    String next =
        "/dicomMetadata/nextPage?page_size=1&next_page="
            + URLEncoder.encode(token, StandardCharsets.UTF_8);

    json(send("GET", next, null, null), 202);
    assertThat(json(send("GET", next, null, null), 200).at("/query_results/rowsReturned").asInt())
        .isEqualTo(1);
  }

  @Test
  void aTokenWhoseResultIsGoneIsRefused() throws IOException {
    start();
    String token = manifest("SOPInstanceUID=True&page_size=2", "{}").get("next_page").asString();
    next(token, 2, 200);

    clock.advance(Duration.ofHours(25));

    assertThat(next(token, 2, 400).get("message").asString()).contains("gone");
  }

  @Test
  void anIdTokenLivesOneHour() throws IOException {
    start();
    String token = service.issueToken(ALICE);
    json(send("GET", "/cohorts", null, token), 200);

    clock.advance(Duration.ofMinutes(61));

    HttpResponse<String> refused = send("GET", "/cohorts", null, token);
    json(refused, 401);
    assertThat(refused.body()).doesNotContain(token);
  }

  @Test
  void anIdTokenOfAnotherServiceIsRefused() throws IOException {
    start();
    try (ReferenceService other = builder().start()) {
      json(send("GET", "/cohorts", null, other.issueToken(ALICE)), 401);
    }
  }

  @Test
  void faultsBreakOneRuleEach() throws IOException {
    service = builder().fault(Fault.LOSE_ROW_ON_PAGE_2).start();
    assertThat(walk(1000)).hasSize(2999);
    service.close();

    service = builder().unfinishedWaits(1).fault(Fault.OMIT_TOKEN_IN_QUERY_202).start();
    JsonNode accepted =
        json(
            send(
                "POST",
                "/cohorts/query/preview",
                "{\"cohort_def\":{\"name\":\"n\",\"filters\":{}},"
                    + "\"queryFields\":{\"fields\":[\"PatientID\"]}}",
                null),
            202);
    assertThat(accepted.get("query_info").has("next_page")).isFalse();
  }

  @Test
  void closingFreesThePort() throws IOException {
    start();
    String address = service.baseUrl() + "/about";
    service.close();
    service.close();

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Http.send("GET", address, null, null, null))
        .withCauseInstanceOf(ConnectException.class);
  }
}
