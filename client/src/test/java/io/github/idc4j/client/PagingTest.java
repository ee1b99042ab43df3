package io.github.idc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.idc4j.client.error.CanceledException;
import io.github.idc4j.client.error.IdcTimeoutException;
import io.github.idc4j.client.error.PagingException;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageToken;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.client.testing.FakeTime;
import io.github.idc4j.model.DicomMetadataRow;
import io.github.idc4j.model.ManifestRow;
import io.github.idc4j.model.QueryField;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests walks of all three families of operations, both forms of 202 responses, and the ways in
 * which a walk ends.
 */
class PagingTest {

  private static final CohortDefinition LUNG =
      CohortDefinition.of("luad", Attributes.COLLECTION_ID.anyOf("tcga_luad"));

  private final MockWebServer server = new MockWebServer();
  private final FakeTime time = new FakeTime();
  private IdcClient client;

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.start();
    client = builder().build();
  }

  private IdcClientBuilder builder() {
    return IdcClient.builder()
        .baseUrl(server.url("/v1/").toString())
        .pageSize(4)
        .time(time, time.sleeper());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private void enqueue(String... names) {
    for (String name : names) {
      server.enqueue(Recorded.answer(name));
    }
  }

  private void enqueueJson(String... bodies) {
    for (String body : bodies) {
      server.enqueue(new MockResponse.Builder().body(body).build());
    }
  }

  private static String manifestPage(String nextPage, String... patients) {
    StringBuilder rows = new StringBuilder();
    for (String patient : patients) {
      rows.append(rows.isEmpty() ? "" : ",").append("{\"Patient_ID\":\"" + patient + "\"}");
    }
    return "{\"code\":200,\"manifest\":{\"json_manifest\":["
        + rows
        + "],\"rowsReturned\":"
        + patients.length
        + ",\"totalFound\":9}"
        + nextPage
        + "}";
  }

  private List<String> targets() throws InterruptedException {
    List<String> targets = new ArrayList<>();
    for (int i = server.getRequestCount(); i > 0; i--) {
      targets.add(server.takeRequest().getTarget());
    }
    return targets;
  }

  @Test
  void walksAManifestToItsEnd() throws InterruptedException {
    enqueue("mchain-a1", "mchain-a2", "mchain-a3-final");

    Paged<ManifestRow> rows =
        client.previewManifest(LUNG, ManifestColumn.PATIENT_ID, ManifestColumn.COLLECTION_ID);

    assertThat(rows.stream().map(ManifestRow::patientId))
        .hasSize(9)
        .startsWith("TCGA-17-Z011")
        .endsWith("TCGA-17-Z019");
    List<String> targets = targets();
    assertThat(targets.get(0))
        .isEqualTo("/v1/cohorts/manifest/preview?Collection_ID=True&Patient_ID=True&page_size=4");
    assertThat(targets.get(1))
        .startsWith("/v1/cohorts/manifest/nextPage?next_page=gAAAAA")
        .endsWith("&page_size=4");
    assertThat(targets).hasSize(3);
  }

  @Test
  void sendsNothingBeforeRowsAreAskedForAndNoPageTooEarly() {
    Paged<ManifestRow> rows = client.previewManifest(LUNG, ManifestColumn.PATIENT_ID);
    assertThat(server.getRequestCount()).isZero();

    enqueue("mchain-a1", "mchain-a2");
    Iterator<ManifestRow> iterator = rows.iterator();
    for (int i = 0; i < 4; i++) {
      iterator.next();
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(iterator.next().patientId()).isEqualTo("TCGA-17-Z015");
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void beginsAnewWithEachIteration() {
    Paged<ManifestRow> rows = client.manifest(1, ManifestColumn.PATIENT_ID);
    enqueueJson(manifestPage("", "A"), manifestPage("", "B"));

    assertThat(rows.iterator().next().patientId()).isEqualTo("A");
    assertThat(rows.iterator().next().patientId()).isEqualTo("B");
  }

  @Test
  void showsASavedCohortsManifest() throws InterruptedException {
    enqueue("mid-own");

    Page<ManifestRow> page = client.manifest(1, ManifestColumn.GCS_URL).pages().iterator().next();

    assertThat(page.totalFound()).isPresent();
    assertThat(page.next()).isPresent();
    assertThat(page.rows().get(0).gcsUrl()).startsWith("gs://");
    assertThat(targets()).containsExactly("/v1/cohorts/manifest/1?GCS_URL=True&page_size=4");
  }

  @Test
  void asksForEachColumnByItsOwnKey() throws InterruptedException {
    for (ManifestColumn column : ManifestColumn.values()) {
      enqueueJson(manifestPage(""));
      assertThat(client.manifest(1, column)).isEmpty();

      assertThat(server.takeRequest().getTarget())
          .isEqualTo("/v1/cohorts/manifest/1?" + column.key() + "=True&page_size=4");
    }
  }

  @Test
  void walksAQueryToItsEnd() throws InterruptedException {
    enqueue("qchain-1", "qchain-2", "qchain-3-final");

    Paged<QueryRow> rows = client.previewQuery(LUNG, QueryField.PATIENT_ID, QueryField.MODALITY);

    assertThat(rows.stream().toList())
        .hasSize(9)
        .last()
        .extracting(QueryRow::asMap)
        .isEqualTo(Map.of("PatientID", "TCGA-17-Z019", "Modality", "CT"));
    assertThat(server.takeRequest().getBody().utf8())
        .isEqualTo(
            "{\"cohort_def\":{\"name\":\"luad\",\"description\":\"\",\"filters\":{"
                + "\"collection_id\":[\"tcga_luad\"]}},"
                + "\"queryFields\":{\"fields\":[\"PatientID\",\"Modality\"]}}");
  }

  @Test
  void queriesASavedCohort() throws InterruptedException {
    enqueue("qi-own", "qi-own-next");

    Iterator<Page<QueryRow>> pages = client.query(1, QueryField.PATIENT_ID).pages().iterator();

    assertThat(pages.next().totalFound()).hasValue(18);
    assertThat(pages.next().rows()).hasSize(2);
    assertThat(targets().get(1)).startsWith("/v1/cohorts/query/nextPage?next_page=");
  }

  @Test
  void walksTheMetadataOfEveryInstance() throws InterruptedException {
    enqueue("dm-chain-1-default", "dm-chain-3-final");

    Iterator<Page<DicomMetadataRow>> pages = client.dicomMetadata().pages().iterator();

    assertThat(pages.next().rows().get(0).imageType()).contains("ORIGINAL");
    Page<DicomMetadataRow> last = pages.next();
    assertThat(last.rows().get(0).medicalAlerts()).containsExactly("LATEX");
    assertThat(last.next()).isEmpty();
    assertThat(targets().get(1)).startsWith("/v1/dicomMetadata/nextPage?next_page=");
  }

  @Test
  void getsThrough202OfAManifest() throws InterruptedException {
    enqueue(
        "t202-mp", "t202-mp-next-still-running", "t202-mp-next-done", "t202-mp-next-done-page2");

    assertThat(client.previewManifest(LUNG, ManifestColumn.PATIENT_ID))
        .extracting(ManifestRow::patientId)
        .containsExactly("TCGA-BM-Z051", "TCGA-BM-Z052", "TCGA-BM-Z053");
    assertThat(targets())
        .hasSize(4)
        .filteredOn(target -> target.startsWith("/v1/cohorts/manifest/nextPage?next_page="))
        .hasSize(3);
    assertThat(time.sleeps()).hasSize(2);
    assertThat(time.sleeps().get(1))
        .isGreaterThan(time.sleeps().get(0).multipliedBy(4).dividedBy(3));
  }

  @Test
  void getsThrough202OfAQuery() {
    enqueue("t202-qp", "t202-qp-next-still-running", "t202-qp-next-done");

    Page<QueryRow> page =
        client.previewQuery(LUNG, QueryField.PATIENT_ID).pages().iterator().next();

    assertThat(page.rows()).hasSize(2);
    assertThat(page.totalFound()).hasValue(6);
  }

  @Test
  void getsThrough202OfDicomMetadata() {
    enqueue("t202-dm", "t202-dm-next-done");

    assertThat(client.dicomMetadata().iterator().next().modality()).isEqualTo("CT");
  }

  @Test
  void getsThrough202OfALaterPage() {
    enqueueJson(manifestPage(",\"next_page\":\"t1\"", "A"));
    server.enqueue(
        new MockResponse.Builder().code(202).body("{\"code\":202,\"next_page\":\"t1\"}").build());
    enqueueJson(manifestPage(",\"next_page\":\"\"", "B"));

    assertThat(client.manifest(1, ManifestColumn.PATIENT_ID))
        .extracting(ManifestRow::patientId)
        .containsExactly("A", "B");
  }

  @Test
  void waitsAsLongAsRetryAfterSays() {
    server.enqueue(Recorded.answer("t202-mp").newBuilder().setHeader("Retry-After", "7").build());
    enqueue("t202-mp-next-done-page2");

    client.manifest(1, ManifestColumn.PATIENT_ID).iterator().next();

    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @CsvSource({
    "'Thu, 01 Jan 1970 00:00:12 GMT', 12000",
    "'Wed, 31 Dec 1969 23:00:00 GMT', 250",
    "0, 250"
  })
  void waitsAsRetryAfterSaysButNeverNotAtAll(String retryAfter, long millis)
      throws InterruptedException {
    MockResponse accepted =
        Recorded.answer("t202-mp").newBuilder().setHeader("Retry-After", retryAfter).build();
    server.enqueue(accepted);
    enqueue("t202-mp-next-done-page2");

    client.manifest(1, ManifestColumn.PATIENT_ID).iterator().next();

    assertThat(time.sleeps()).containsExactly(Duration.ofMillis(millis));
  }

  @Test
  void waitsNoLongerThanRetryAfterSaysHoweverOftenItAsked() {
    for (int i = 0; i < 8; i++) {
      server.enqueue(Recorded.answer("t202-mp").newBuilder().setHeader("Retry-After", "1").build());
    }
    enqueue("t202-mp-next-done-page2");

    client.manifest(1, ManifestColumn.PATIENT_ID).iterator().next();

    assertThat(time.sleeps()).hasSize(8).containsOnly(Duration.ofSeconds(1));
  }

  @Test
  void endsWhenTheTimeForAPageIsOverAndGivesTheTokenToGoOnWith() {
    for (int i = 0; i < 100; i++) {
      enqueue("t202-mp-next-still-running");
    }
    client = builder().totalTimeout(Duration.ofSeconds(60)).build();

    assertThatExceptionOfType(IdcTimeoutException.class)
        .isThrownBy(() -> client.manifest(1, ManifestColumn.PATIENT_ID).iterator().next())
        .satisfies(
            e -> {
              assertThat(e.elapsed()).isLessThanOrEqualTo(Duration.ofSeconds(60));
              assertThat(e.attempts()).isEqualTo(server.getRequestCount());
              assertThat(e.limit()).isEqualTo(IdcTimeoutException.Limit.TOTAL_TIMEOUT);
              assertThat(e.pageToken().orElseThrow()).startsWith("gAAAAA");
            });
    assertThat(time.instant()).isBefore(Instant.EPOCH.plusSeconds(61));
  }

  @Test
  void refusesA202WithoutAToken() {
    server.enqueue(new MockResponse.Builder().code(202).body("{\"query_info\":{}}").build());

    assertThatExceptionOfType(PagingException.class)
        .isThrownBy(() -> client.dicomMetadata().iterator().hasNext())
        .withMessageContaining("202 but without a token");
  }

  @ParameterizedTest
  @ValueSource(strings = {",\"next_page\":\"\"", ",\"next_page\":null", ""})
  void takesAnEmptyNullOrAbsentTokenForTheEnd(String nextPage) {
    enqueueJson(manifestPage(nextPage, "A", "B"));

    assertThat(client.manifest(1, ManifestColumn.PATIENT_ID)).hasSize(2);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void goesOnAfterAnEmptyPageWithAToken() {
    enqueueJson(
        manifestPage(",\"next_page\":\"t1\"", "A"),
        manifestPage(",\"next_page\":\"t2\""),
        manifestPage("", "B"));

    assertThat(client.manifest(1, ManifestColumn.PATIENT_ID))
        .extracting(ManifestRow::patientId)
        .containsExactly("A", "B");
  }

  @Test
  void endsAWalkWhoseTokensGoRoundInsteadOfFollowingIt() {
    enqueueJson(
        manifestPage(",\"next_page\":\"t1\"", "A"),
        manifestPage(",\"next_page\":\"t2\"", "B"),
        manifestPage(",\"next_page\":\"t1\"", "C"));

    assertThatExceptionOfType(PagingException.class)
        .isThrownBy(() -> client.manifest(1, ManifestColumn.PATIENT_ID).stream().count())
        .withMessageContaining("an earlier page of this walk had");
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void goesOnFromAToken() throws InterruptedException {
    enqueue("mchain-a2", "mchain-a3-final");

    List<String> patients = new ArrayList<>();
    client
        .manifest(1, ManifestColumn.PATIENT_ID)
        .pages(new PageToken("a=b&c"))
        .forEach(page -> page.rows().forEach(row -> patients.add(row.patientId())));

    assertThat(patients).hasSize(5);
    assertThat(targets().get(0))
        .isEqualTo("/v1/cohorts/manifest/nextPage?next_page=a%3Db%26c&page_size=4");
  }

  @Test
  void stopsAtOnceWhenInterruptedAndKeepsTheFlag() {
    enqueue("t202-mp");
    client =
        builder()
            .time(
                time,
                pause -> {
                  Thread.currentThread().interrupt();
                  return new CompletableFuture<>();
                })
            .build();

    assertThatExceptionOfType(CanceledException.class)
        .isThrownBy(() -> client.manifest(1, ManifestColumn.PATIENT_ID).iterator().next())
        .withMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }
}
