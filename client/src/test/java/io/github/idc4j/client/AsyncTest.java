package io.github.idc4j.client;

import static io.github.idc4j.client.ManifestColumn.PATIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.idc4j.client.error.BadRequestException;
import io.github.idc4j.client.error.CanceledException;
import io.github.idc4j.client.error.DecodingException;
import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.paging.PageToken;
import io.github.idc4j.model.ManifestRow;
import io.github.idc4j.model.QueryField;
import io.github.idc4j.model.Version;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests how futures complete, and what cancels their requests. */
@Timeout(60)
class AsyncTest {

  @StartStop private final MockWebServer server = PromptSockets.server();

  private IdcClientBuilder builder() {
    return IdcClient.builder()
        .baseUrl(server.url("/v1").toString())
        .retryPolicy(RetryPolicy.none());
  }

  static List<Function<AsyncIdcClient, CompletableFuture<?>>> operations() {
    return List.of(
        AsyncIdcClient::about,
        AsyncIdcClient::versions,
        AsyncIdcClient::collections,
        AsyncIdcClient::analysisResults,
        AsyncIdcClient::attributes,
        client -> client.attributes("x"),
        AsyncIdcClient::account,
        AsyncIdcClient::cohorts,
        client -> client.createCohort(CohortDefinition.of("x")),
        client -> client.deleteCohort(1),
        client -> client.deleteCohorts(1, 2),
        client -> client.previewManifest(CohortDefinition.of(), PATIENT_ID).firstPage(),
        client -> client.manifest(1, PATIENT_ID).page(new PageToken("t")),
        client -> client.previewQuery(CohortDefinition.of(), QueryField.PATIENT_ID).firstPage(),
        client -> client.query(1, QueryField.PATIENT_ID).firstPage(),
        client -> client.dicomMetadata().firstPage());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void completesWithTheResultOrTheExceptionOfTheOperation(
      Function<AsyncIdcClient, CompletableFuture<?>> operation) {
    server.enqueue(
        Responses.json(
            "{\"versions\":[],\"collections\":[],\"analysisResults\":[],\"data_sources\":[],"
                + "\"user_details\":{},\"cohorts\":[{}],\"cohort_properties\":{\"cohort_id\":1},"
                + "\"manifest\":{\"json_manifest\":[]},\"query_results\":{\"json\":[]}}"));
    server.enqueue(Responses.error(400, "x"));
    server.enqueue(Responses.json("[]"));
    try (IdcClient client = builder().build()) {
      AsyncIdcClient async = client.async();
      assertThat(operation.apply(async).orTimeout(30, TimeUnit.SECONDS).join()).isNotNull();
      assertThatThrownBy(() -> operation.apply(async).get(30, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(BadRequestException.class);
      assertThatThrownBy(() -> operation.apply(async).get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(DecodingException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "orTimeout", "complete", "completeExceptionally"})
  void endsTheRequestWhenTheFutureIsCompletedEarly(String way) throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            asked.countDown();
            return Responses.hanging();
          }
        });
    CountDownLatch failed = new CountDownLatch(1);
    OkHttpClient http =
        new OkHttpClient.Builder()
            .eventListener(
                new EventListener() {
                  @Override
                  public void callFailed(Call call, IOException e) {
                    failed.countDown();
                  }
                })
            .build();
    try (IdcClient client = builder().httpClient(http).build()) {
      CompletableFuture<List<Version>> future = client.async().versions();
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      switch (way) {
        case "cancel" -> assertThat(future.cancel(true)).isTrue();
        case "orTimeout" ->
            assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> future.orTimeout(1, TimeUnit.MILLISECONDS).join())
                .withCauseInstanceOf(TimeoutException.class);
        case "complete" -> future.complete(List.of());
        default -> future.completeExceptionally(new IllegalStateException());
      }
      assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void sendsNothingAfterACancellationDuringTheBackoff() throws InterruptedException {
    server.enqueue(Responses.of(503, ""));
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<Object> sleep = new CompletableFuture<>();
    try (IdcClient client =
        builder()
            .retryPolicy(RetryPolicy.defaults())
            .time(
                Clock.systemUTC(),
                duration -> {
                  waiting.countDown();
                  return sleep;
                })
            .build()) {
      CompletableFuture<?> future = client.async().versions();
      assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
      future.cancel(false);
      sleep.complete("over");
      assertThat(future).isCancelled();
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  @SuppressWarnings("try")
  void endsWithTheClient() {
    server.enqueue(Responses.hanging());
    try (IdcClient client = builder().build()) {
      CompletableFuture<?> before = client.async().versions();
      client.close();
      for (CompletableFuture<?> future :
          List.of(before, client.async().versions(), client.async().dicomMetadata().firstPage())) {
        assertThatThrownBy(() -> future.get(30, TimeUnit.SECONDS))
            .hasCauseInstanceOf(CanceledException.class);
      }
    }
  }

  @Test
  void fetchesPagesOneByOne() {
    server.enqueue(Responses.pending("p"));
    server.enqueue(Responses.json(Responses.page(0, 1, "a")));
    server.enqueue(Responses.json(Responses.page(1, 1, "")));
    try (IdcClient client =
        builder()
            .retryPolicy(RetryPolicy.builder().initialBackoff(Duration.ofMillis(1)).build())
            .build()) {
      var pages = client.async().manifest(1, PATIENT_ID);
      List<ManifestRow> second =
          pages
              .firstPage()
              .thenCompose(page -> pages.page(page.next().orElseThrow()))
              .thenApply(page -> page.rows())
              .orTimeout(30, TimeUnit.SECONDS)
              .join();
      assertThat(second).extracting(ManifestRow::patientId).containsExactly("1");
    }
  }
}
