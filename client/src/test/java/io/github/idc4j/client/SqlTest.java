package io.github.idc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.idc4j.client.error.BadRequestException;
import io.github.idc4j.client.error.IdcTimeoutException;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.client.testing.FakeTime;
import io.github.idc4j.model.QueryField;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests how the SQL of a query is requested. */
class SqlTest {

  private static final CohortDefinition CT = CohortDefinition.of(Attributes.MODALITY.anyOf("CT"));

  private static final String PENDING =
      "{\"code\":202,\"message\":\"[ERROR] slow\",\"next_page\":\"token\"}";

  private final MockWebServer server = new MockWebServer();
  private final FakeTime time = new FakeTime();
  private IdcClient client;

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.start();
    client =
        IdcClient.builder()
            .baseUrl(server.url("/v1/").toString())
            .pageSize(4)
            .time(time, time.sleeper())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private void enqueue(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  private static String manifestPage(String cohort) {
    return "{\"code\":200"
        + cohort
        + ",\"manifest\":{\"json_manifest\":[],\"rowsReturned\":0,\"totalFound\":0},"
        + "\"next_page\":\"\"}";
  }

  private List<String> targets() throws InterruptedException {
    List<String> targets = new ArrayList<>();
    for (int i = server.getRequestCount(); i > 0; i--) {
      targets.add(server.takeRequest().getTarget());
    }
    return targets;
  }

  @Test
  void firstPageOfAManifestContainsTheSql() throws InterruptedException {
    enqueue(200, manifestPage(",\"cohort\":{\"sql\":\"SELECT 1\"}"));

    assertThat(client.previewManifest(CT, ManifestColumn.GCS_URL).sql()).contains("SELECT 1");

    assertThat(targets())
        .containsExactly("/v1/cohorts/manifest/preview?GCS_URL=True&page_size=1&sql=True");
  }

  @Test
  void firstPageOfAQueryContainsTheSql() throws InterruptedException {
    enqueue(
        200,
        "{\"code\":200,\"cohort_def\":{\"sql\":\"SELECT 2\"},\"query_results\":{\"json\":[],"
            + "\"rowsReturned\":0,\"totalFound\":0},\"next_page\":\"\"}");

    assertThat(client.query(7, QueryField.PATIENT_ID).sql()).contains("SELECT 2");

    assertThat(targets()).containsExactly("/v1/cohorts/query/7?page_size=1&sql=True");
  }

  @Test
  void pendingQueryIsPolledBeforeTheSqlIsRequestedAgain() throws InterruptedException {
    enqueue(202, PENDING);
    enqueue(202, PENDING);
    enqueue(200, manifestPage(""));
    enqueue(200, manifestPage(",\"cohort\":{\"sql\":\"SELECT 1\"}"));

    assertThat(client.previewManifest(CT, ManifestColumn.GCS_URL).sql()).contains("SELECT 1");

    String first = "/v1/cohorts/manifest/preview?GCS_URL=True&page_size=1";
    assertThat(targets())
        .containsExactly(
            first + "&sql=True",
            first,
            "/v1/cohorts/manifest/nextPage?next_page=token&page_size=1",
            first + "&sql=True");
  }

  @Test
  void queryThatStaysPendingReachesTheTimeLimit() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().code(202).body(PENDING).build();
          }
        });

    assertThatExceptionOfType(IdcTimeoutException.class)
        .isThrownBy(
            () ->
                client
                    .previewManifest(CT, ManifestColumn.GCS_URL)
                    .totalTimeout(Duration.ofMinutes(1))
                    .sql());
  }

  @Test
  void sqlIsEmptyIfTheServiceDoesNotReturnIt() throws InterruptedException {
    enqueue(200, manifestPage(",\"cohort\":{\"sql\":\"\"}"));
    enqueue(200, manifestPage(""));

    assertThat(client.previewManifest(CT, ManifestColumn.GCS_URL).sql()).isEmpty();
    assertThat(client.previewManifest(CT, ManifestColumn.GCS_URL).sql()).isEmpty();
    assertThat(client.dicomMetadata().sql()).isEmpty();

    assertThat(targets()).hasSize(2);
  }

  @Test
  void refusalHasTheMessageOfTheService() {
    enqueue(400, "{\"code\":400,\"message\":\"no column\"}");

    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(() -> client.previewManifest(CT, ManifestColumn.GCS_URL).sql())
        .withMessageContaining("no column");
  }
}
