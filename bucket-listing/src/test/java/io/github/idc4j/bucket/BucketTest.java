package io.github.idc4j.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.data.AbsentColumns;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests a service that lists instances on a real S3 server. The service has an index of synthetic
 * series. The public buckets are never contacted.
 */
@Timeout(120)
@Tag("slow")
class BucketTest {

  private static final long SEED = new Random().nextLong();

  /**
   * The bucket of Google Cloud Storage for each bucket of AWS. The first two names of Google Cloud
   * Storage sort one way alone and the other way in URLs, because a hyphen comes before a slash.
   */
  private static final Map<String, String> BUCKETS =
      new TreeMap<>(Map.of("data-one", "data", "data-two", "data-cr", "data-three", "other"));

  private static final SeriesIndex INDEX = new SeriesIndex(SEED, BUCKETS);
  private static final List<SeriesIndex.Row> ROWS = INDEX.rows();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir static Path shared;

  private static S3Server server;
  private static Path tables;

  @TempDir Path folder;

  private S3Proxy proxy;
  private ReferenceService service;

  private record Response(int status, JsonNode body) {

    JsonNode rows() {
      return body.at("/manifest/json_manifest");
    }

    List<String> urls() {
      return rows().findValuesAsString("GCS_URL");
    }

    long totalFound() {
      return body.at("/manifest/totalFound").asLong();
    }

    String token() {
      return body.get("next_page").asString();
    }

    String message() {
      return body.get("message").asString();
    }
  }

  @BeforeAll
  static void upload() throws IOException, SQLException, InterruptedException, ExecutionException {
    System.out.println("BucketTest: seed " + SEED);
    tables = INDEX.write(shared.resolve("index"));
    server = new S3Server();
    for (String bucket : BUCKETS.keySet()) {
      server.createBucket(bucket);
      server.upload(
          bucket,
          INDEX.entries().stream()
              .filter(entry -> entry.bucket().equals(bucket))
              .flatMap(SeriesIndex.Entry::keys));
    }
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void startProxy() throws IOException {
    proxy = new S3Proxy(server.url(), 0);
  }

  @AfterEach
  void stop() {
    proxy.close();
    if (service != null) {
      service.close();
    }
  }

  private ReferenceServiceBuilder builder() {
    return ReferenceService.builder()
        .dataFolder(folder)
        .data(tables)
        .instancesFromBucket(true)
        .bucketEndpoint(proxy.url());
  }

  private void start() throws IOException {
    service = builder().start();
  }

  private Response preview(String keys, String filters) {
    return send(
        HttpRequest.newBuilder(URI.create(service.baseUrl() + "/cohorts/manifest/preview?" + keys))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"name\":\"n\",\"description\":\"d\",\"filters\":" + filters + "}")));
  }

  private Response preview(String keys) {
    return preview(keys, "{}");
  }

  private Response next(String token, long pageSize) {
    return send(
        HttpRequest.newBuilder(
            URI.create(
                service.baseUrl()
                    + "/cohorts/manifest/nextPage?next_page="
                    + token.replace("=", "%3D")
                    + "&page_size="
                    + pageSize)));
  }

  private static Response send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Response(response.statusCode(), JsonMapper.shared().readTree(response.body()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> urls(long from, long to) {
    return ROWS.subList((int) from, (int) Math.min(to, ROWS.size())).stream()
        .map(SeriesIndex.Row::url)
        .toList();
  }

  /** Returns the series that rows belong to, once for each series. */
  private static List<String> series(int from, int to) {
    return ROWS.subList(from, to).stream()
        .map(row -> row.series().uuid().toString())
        .distinct()
        .toList();
  }

  /**
   * Returns the number of the first row of a series with few instances, but not of the first
   * series.
   */
  private static int laterRow() {
    int row = 1;
    while (ROWS.get(row).series().equals(ROWS.get(row - 1).series())
        || ROWS.get(row).series().equals(INDEX.large())) {
      row++;
    }
    return row;
  }

  @Test
  void totalIsExactBeforeAnyListing() throws IOException {
    service = builder().quirks(true).start();

    Response all = preview("GCS_URL=True&page_size=0");
    Response some = preview("GCS_URL=True&page_size=0", "{\"collection_id\":[\"nlst\"]}");

    assertThat(all.totalFound()).isEqualTo(ROWS.size());
    assertThat(some.totalFound())
        .isEqualTo(ROWS.stream().filter(row -> row.series().collection().equals("nlst")).count());
    assertThat(proxy.listed()).isEmpty();
  }

  @Test
  void onlyTheSeriesOfAPageAreListed() throws IOException {
    start();

    Response first = preview("GCS_URL=True&page_size=7");
    assertThat(first.urls()).isEqualTo(urls(0, 7));
    assertThat(proxy.listed()).hasSameElementsAs(series(0, 7));
    Response second = next(first.token(), 9);

    assertThat(second.urls()).isEqualTo(urls(7, 16));
    assertThat(second.totalFound()).isEqualTo(ROWS.size());
    // With two responses for the large series.
    assertThat(proxy.listed().stream().distinct()).hasSameElementsAs(series(0, 16));
    assertThat(proxy.signed()).isZero();
  }

  @Test
  void eachPageOfAWalkHasTheExpectedRows() throws IOException {
    start();
    Random random = new Random(SEED);

    List<JsonNode> rows = new ArrayList<>();
    Response page =
        preview(
            "Collection_ID=True&Patient_ID=True&SeriesInstanceUID=True&Source_DOI=True"
                + "&CRDC_Series_GUID=True&CRDC_Instance_GUID=True&GCS_URL=True&page_size=3");
    page.rows().forEach(rows::add);
    while (!page.token().isEmpty()) {
      int pageSize = 1 + random.nextInt(300);
      page = next(page.token(), pageSize);
      assertThat(page.rows().size()).isBetween(1, pageSize);
      assertThat(page.totalFound()).isEqualTo(ROWS.size());
      page.rows().forEach(rows::add);
    }

    assertThat(rows).hasSize(ROWS.size());
    for (int i = 0; i < rows.size(); i++) {
      SeriesIndex.Row row = ROWS.get(i);
      assertThat(rows.get(i).propertyNames())
          .containsExactly(
              "CRDC_Instance_GUID",
              "CRDC_Series_GUID",
              "Collection_ID",
              "GCS_URL",
              "Patient_ID",
              "SeriesInstanceUID",
              "Source_DOI");
      assertThat(rows.get(i).get("GCS_URL").asString()).isEqualTo(row.url());
      assertThat(rows.get(i).get("CRDC_Instance_GUID").asString())
          .isEqualTo("dg.4DFC/" + row.instance());
      assertThat(rows.get(i).get("CRDC_Series_GUID").asString())
          .isEqualTo("dg.4DFC/" + row.series().uuid());
      assertThat(rows.get(i).get("Collection_ID").asString()).isEqualTo(row.series().collection());
      assertThat(rows.get(i).get("Patient_ID").asString())
          .isEqualTo("P" + row.series().uuid().toString().charAt(0));
      assertThat(rows.get(i).get("Source_DOI").asString()).isEqualTo("10.1/\"quoted\"");
    }
    assertThat(proxy.listed().stream().distinct().count()).isEqualTo(INDEX.entries().size());
    // Only the large series needs two responses.
    assertThat(proxy.listed()).hasSize(INDEX.entries().size() + 1);
  }

  @Test
  void filtersSelectSeries() throws IOException {
    start();

    Response nlst = preview("GCS_URL=True&page_size=5000", "{\"collection_id\":[\"nlst\"]}");
    Response none = preview("GCS_URL=True", "{\"collection_id\":[\"tcga_brca\"]}");

    assertThat(nlst.urls())
        .isEqualTo(
            ROWS.stream()
                .filter(row -> row.series().collection().equals("nlst"))
                .map(SeriesIndex.Row::url)
                .toList());
    assertThat(nlst.token()).isEmpty();
    assertThat(none.urls()).isEmpty();
    assertThat(none.totalFound()).isZero();
  }

  @Test
  void listingsAreKeptAcrossRestarts() throws IOException {
    start();
    assertThat(preview("GCS_URL=True&page_size=2000").urls()).isEqualTo(urls(0, 2000));
    int listed = proxy.listed().size();
    service.close();

    start();

    assertThat(preview("GCS_URL=True&page_size=2000").urls()).isEqualTo(urls(0, 2000));
    assertThat(proxy.listed()).hasSize(listed);
  }

  @Test
  void fewSeriesAreListedAtTheSameTime() throws IOException, InterruptedException {
    start();
    S3Proxy.Gate gate = proxy.holdRequests(8);
    CompletableFuture<Response> page =
        CompletableFuture.supplyAsync(() -> preview("GCS_URL=True&page_size=5000"));

    gate.await();
    gate.open();

    assertThat(page.join().urls()).isEqualTo(urls(0, ROWS.size()));
    assertThat(proxy.mostOpen()).isEqualTo(8);
  }

  @Test
  void aListingThatTakesLongerThanTheWaitContinuesInTheBackground()
      throws IOException, InterruptedException {
    service = builder().queryWait(Duration.ofMillis(300)).start();
    int row = laterRow();
    Response first = preview("GCS_URL=True&page_size=" + row);
    while (first.status() == 202) {
      first = next(first.token(), row);
    }
    int before = proxy.listed().size();
    S3Proxy.Gate gate = proxy.holdRequests(1);

    Response accepted = next(first.token(), 9);
    Response again = next(accepted.token(), 9);
    gate.await();
    gate.open();
    Response page = again;
    while (page.status() == 202) {
      page = next(page.token(), 9);
    }

    assertThat(List.of(accepted.status(), again.status())).containsOnly(202);
    assertThat(page.urls()).isEqualTo(urls(row, row + 9L));
    assertThat(proxy.listed().subList(before, proxy.listed().size())).doesNotHaveDuplicates();
  }

  @Test
  void failedRequestsAreSentAgain() throws IOException {
    start();
    proxy.fail(2, 503);

    assertThat(preview("GCS_URL=True&page_size=1").urls()).isEqualTo(urls(0, 1));
    assertThat(proxy.listed().size()).isGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 500})
  void aBucketThatCannotBeListedIsAnErrorUntilItCan(int status) throws IOException {
    start();
    proxy.fail(Integer.MAX_VALUE, status);

    Response failed = preview("GCS_URL=True&page_size=1");
    int requests = proxy.listed().size();
    proxy.fail(0, status);

    assertThat(failed.status()).isEqualTo(502);
    assertThat(failed.message())
        .contains(
            "Cannot list the instances of the series " + ROWS.get(0).series().uuid(),
            "in the bucket " + ROWS.get(0).series().bucket() + ": ",
            status == 403 ? "access denied" : "the server responded with status 500",
            "--bucket-endpoint");
    assertThat(requests).isEqualTo(status == 403 ? 1 : 4);
    assertThat(preview("GCS_URL=True&page_size=1").urls()).isEqualTo(urls(0, 1));
  }

  @Test
  void aServerThatCannotBeReachedIsAnErrorUntilItCan() throws IOException {
    start();
    int port = proxy.url().getPort();
    proxy.close();

    Response failed = preview("GCS_URL=True&page_size=1");
    proxy = new S3Proxy(server.url(), port);

    assertThat(failed.status()).isEqualTo(502);
    assertThat(failed.message()).contains("the request failed (Connection refused)");
    assertThat(preview("GCS_URL=True&page_size=1").urls()).isEqualTo(urls(0, 1));
  }

  @Test
  void aBucketThatDoesNotExistIsAnError() throws IOException, SQLException {
    SeriesIndex other = new SeriesIndex(SEED, Map.of("missing", "missing"));
    service = builder().data(other.write(folder.resolve("other"))).start();

    Response failed = preview("GCS_URL=True&page_size=1");

    assertThat(failed.status()).isEqualTo(502);
    assertThat(failed.message()).contains("in the bucket missing: the bucket does not exist");
  }

  @Test
  void anotherNumberOfInstancesThanInTheIndexIsAnErrorUntilItIsTheSame()
      throws IOException, InterruptedException {
    start();
    SeriesIndex.Entry series = ROWS.get(0).series();
    int count = series.instances().size();
    String additional = series.uuid() + "/" + new UUID(1, 2) + ".dcm";
    server.upload(series.bucket(), series.uuid() + "/readme.txt");
    server.upload(series.bucket(), additional);

    Response failed = preview("GCS_URL=True&page_size=1");
    server.delete(series.bucket(), additional);

    assertThat(failed.status()).isEqualTo(502);
    assertThat(failed.message())
        .contains(
            "The bucket %s has %,d instances of the series %s, but the index has %,d."
                .formatted(series.bucket(), count + 1, series.uuid(), count));
    assertThat(preview("GCS_URL=True&page_size=1").urls()).isEqualTo(urls(0, 1));
  }

  @Test
  void rowsAreSortedByUrlOnly() throws IOException {
    start();

    Response refused = preview("CRDC_Instance_GUID=True&Patient_ID=True");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.message())
        .contains("It cannot sort rows by CRDC_Instance_GUID", "Add GCS_URL=True");
    assertThat(preview("Patient_ID=True").status()).isEqualTo(200);
    assertThat(proxy.listed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SOPInstanceUID", "CRDC_Study_GUID"})
  void otherColumnsOfTheInstancesAreAbsent(String column) throws IOException {
    start();
    Response refused = preview("GCS_URL=True&" + column + "=True");
    service.close();
    service = builder().absentColumns(AbsentColumns.NULL).start();
    Response page = preview("GCS_URL=True&page_size=5&" + column + "=True");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.message()).contains("no column " + column);
    assertThat(page.urls()).isEqualTo(urls(0, 5));
    assertThat(page.rows()).allSatisfy(row -> assertThat(row.get(column).isNull()).isTrue());
  }

  @Test
  void theSqlIsThatOfTheSeries() throws IOException {
    start();

    Response page = preview("GCS_URL=True&sql=True&page_size=1", "{\"collection_id\":[\"nlst\"]}");

    assertThat(page.body().at("/cohort/sql").asString()).contains("'nlst'", "instanceCount");
  }
}
