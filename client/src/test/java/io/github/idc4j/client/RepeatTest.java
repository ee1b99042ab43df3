package io.github.idc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.idc4j.client.error.BadRequestException;
import io.github.idc4j.client.error.CanceledException;
import io.github.idc4j.client.error.IdcTimeoutException;
import io.github.idc4j.client.error.NotFoundException;
import io.github.idc4j.client.error.RetiredException;
import io.github.idc4j.client.error.ServerErrorException;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.client.error.TransportException;
import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.paging.Checkpoint;
import io.github.idc4j.client.paging.PageToken;
import io.github.idc4j.client.testing.FakeTime;
import io.github.idc4j.model.ManifestRow;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which requests the client retries after a failure, when, and how often. */
class RepeatTest {

  private static final String PAGE =
      "{\"code\":200,\"manifest\":{\"json_manifest\":[{\"Patient_ID\":\"A\"}],\"totalFound\":1},"
          + "\"next_page\":\"\"}";

  private final MockWebServer server = new MockWebServer();
  private final FakeTime time = new FakeTime();
  private IdcClient client;

  private IdcClientBuilder builder() {
    return IdcClient.builder()
        .baseUrl(server.url("/v1").toString())
        .attemptTimeout(Duration.ofSeconds(5))
        .time(time, time.sleeper());
  }

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.start();
    client = builder().build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private void enqueue(int status) {
    server.enqueue(new MockResponse.Builder().code(status).build());
  }

  private List<ManifestRow> walk() {
    return client.manifest(1, ManifestColumn.PATIENT_ID).stream().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void repeatsWhatPasses(int status) {
    enqueue(status);
    enqueue(status);
    server.enqueue(new MockResponse.Builder().body(PAGE).build());

    var page = client.manifest(1, ManifestColumn.PATIENT_ID).pages().iterator().next();

    assertThat(page.rows()).extracting(ManifestRow::patientId).containsExactly("A");
    assertThat(page.info().attempts()).isEqualTo(3).isEqualTo(server.getRequestCount());
    assertThat(time.sleeps()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reset", "closed", "cut"})
  void repeatsAfterALostConnection(String how) {
    MockResponse.Builder lost = new MockResponse.Builder().body(PAGE);
    switch (how) {
      case "reset" -> lost.onRequestStart(new SocketEffect.CloseSocket());
      case "closed" -> lost.onResponseStart(new SocketEffect.CloseSocket());
      default -> lost.onResponseBody(new SocketEffect.CloseSocket());
    }
    server.enqueue(lost.build());
    server.enqueue(new MockResponse.Builder().body(PAGE).build());

    assertThat(walk()).hasSize(1);
    assertThat(time.sleeps()).hasSize(1);
  }

  @Test
  void repeatsAfterABodyOfManyChunksWasCut() {
    String rows = "{\"Patient_ID\":\"A\"},".repeat(20_000);
    String whole = PAGE.replace("[{", "[" + rows + "{");
    server.enqueue(
        new MockResponse.Builder()
            .chunkedBody(whole, 4096)
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());
    server.enqueue(new MockResponse.Builder().chunkedBody(whole, 4096).build());

    assertThat(walk()).hasSize(20_001);
  }

  @Test
  void waitsAsAsked() {
    server.enqueue(new MockResponse.Builder().code(429).setHeader("Retry-After", "9").build());
    server.enqueue(new MockResponse.Builder().body(PAGE).build());

    assertThat(walk()).hasSize(1);
    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(9));
  }

  @Test
  void waitsNoLongerThanThereIsTime() {
    client = builder().totalTimeout(Duration.ofSeconds(8)).build();
    server.enqueue(new MockResponse.Builder().code(503).setHeader("Retry-After", "9").build());

    assertThatExceptionOfType(IdcTimeoutException.class)
        .isThrownBy(this::walk)
        .withMessage(
            "getManifest: No result after 0 ms and 1 request; totalTimeout is PT8S. To wait longer,"
                + " raise totalTimeout. Last failure: getManifest: The service responded with 503:"
                + " Server Error ("
                + server.url("/v1/cohorts/manifest/1?Patient_ID=True&page_size=1000")
                + ").")
        .satisfies(e -> assertThat(e.attempts()).isEqualTo(1));
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void givesUpAfterSoManyFailures() {
    client = builder().retryPolicy(RetryPolicy.builder().maxRetries(2).build()).build();
    for (int i = 0; i < 4; i++) {
      enqueue(502);
    }

    assertThatExceptionOfType(ServerErrorException.class)
        .isThrownBy(() -> client.versions())
        .satisfies(e -> assertThat(e.status()).isEqualTo(502));
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void sendsNoMoreThanTheAttemptsAllowed() {
    client = builder().maxAttempts(2).build();
    for (int i = 0; i < 4; i++) {
      server.enqueue(Recorded.answer("t202-mp"));
    }

    assertThatExceptionOfType(IdcTimeoutException.class).isThrownBy(this::walk);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  static List<Consumer<IdcClient>> changes() {
    return List.of(
        client -> client.createCohort(CohortDefinition.of("x")),
        client -> client.deleteCohort(1),
        client -> client.deleteCohorts(1, 2));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void neverRepeatsAChange(Consumer<IdcClient> change) {
    enqueue(503);
    assertThatExceptionOfType(ServerErrorException.class).isThrownBy(() -> change.accept(client));

    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    assertThatExceptionOfType(TransportException.class).isThrownBy(() -> change.accept(client));
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 500, 501})
  void doesNotRepeatWhatWillNotPass(int status) {
    enqueue(status);

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> client.versions())
        .satisfies(e -> assertThat(e.status()).isEqualTo(status));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405})
  void asksWhetherAServiceIsRetiredThatAnswersPlainly(int status) {
    for (int i = 0; i < 2; i++) {
      server.enqueue(html(status));
      if (i == 0) {
        server.enqueue(Recorded.answer("gone-about"));
      }
      assertThatExceptionOfType(RetiredException.class)
          .isThrownBy(this::walk)
          .withMessageContaining(
              "getManifest: The service responded with " + status + ": IDC v1 API")
          .satisfies(e -> assertThat(e.documentation()).isNotEmpty());
    }
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void asksOnceOnly() {
    server.enqueue(html(404));
    server.enqueue(html(404));
    server.enqueue(html(404));

    assertThatExceptionOfType(NotFoundException.class).isThrownBy(this::walk);
    assertThatExceptionOfType(NotFoundException.class).isThrownBy(this::walk);
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  @Timeout(60)
  void saysThatItIsClosedWhenAskedForPagesAhead() {
    var rows = client.manifest(1, ManifestColumn.PATIENT_ID).prefetch(2);
    client.close();

    assertThatExceptionOfType(CanceledException.class)
        .isThrownBy(() -> rows.iterator().hasNext())
        .withMessageContaining("closed");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void keepsTheStatusOfAServiceThatIsNotRetired() {
    server.enqueue(html(404));
    server.enqueue(Recorded.answer("about"));

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(this::walk)
        .satisfies(e -> assertThat(e.code()).isZero());
  }

  private static MockResponse html(int status) {
    return new MockResponse.Builder()
        .code(status)
        .setHeader("Content-Type", "text/html; charset=utf-8")
        .body("<!doctype html><title>" + status + "</title>")
        .build();
  }

  @Test
  void masksThePageTokenInMessages() {
    server.enqueue(new MockResponse.Builder().body(PAGE.replace("\"\"}", "\"s3cr3t\"}")).build());
    server.enqueue(new MockResponse.Builder().code(400).body("{\"code\":400}").build());

    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(this::walk)
        .satisfies(
            e -> {
              assertThat(e.toString()).doesNotContain("s3cr3t").contains("next_page=***");
              Checkpoint checkpoint = Checkpoint.parse(e.checkpoint().orElseThrow());
              assertThat(checkpoint.rows()).isEqualTo(1);
              assertThat(checkpoint.token()).contains(new PageToken("s3cr3t"));
              assertThat(checkpoint.toString()).doesNotContain("s3cr3t");
            });
  }
}
