package io.github.idc4j.client;

import static io.github.idc4j.client.ManifestColumn.PATIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.idc4j.api.MetadataApi;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.error.CanceledException;
import io.github.idc4j.client.error.CredentialsException;
import io.github.idc4j.client.error.IdcTimeoutException;
import io.github.idc4j.client.error.IdcTimeoutException.Limit;
import io.github.idc4j.client.error.NotFoundException;
import io.github.idc4j.client.http.RawResponse;
import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.paging.Walk;
import io.github.idc4j.client.testing.FakeTime;
import io.github.idc4j.model.ManifestRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that time limits, interrupts and closing end an attempt promptly, whatever the attempt
 * waits for.
 */
@Timeout(120)
class TimeLimitsTest {

  /** How long an obstacle lasts if the attempt does not end earlier. */
  private static final long OBSTACLE_SECONDS = 30;

  /**
   * The maximum duration of an attempt. It is much shorter than an obstacle, but long enough for a
   * busy host.
   */
  private static final Duration PROMPT = Duration.ofSeconds(10);

  private static final Duration LIMIT = Duration.ofMillis(50);

  @TempDir private Path folder;
  private final MockWebServer server = new MockWebServer();
  private final MockWebServer issuer = new MockWebServer();

  /** Reaches zero when the attempt waits for the obstacle. */
  private final CountDownLatch reached = new CountDownLatch(1);

  /** Reaches zero when the test ends. */
  private final CountDownLatch released = new CountDownLatch(1);

  @BeforeEach
  void start() throws IOException {
    server.start();
    issuer.start();
  }

  @AfterEach
  void stop() {
    released.countDown();
    server.close();
    issuer.close();
  }

  private IdcClientBuilder builder() {
    return IdcClient.builder()
        .baseUrl(server.url("/v1").toString())
        .retryPolicy(RetryPolicy.none());
  }

  /** The obstacles that an attempt can wait for. */
  private enum Obstacle {
    TOKEN_ENDPOINT_HANGS,
    TOKEN_RESPONSE_DRIPS,
    RENEWAL_AFTER_401_HANGS,
    SUPPLIER_BLOCKS,
    DNS_BLOCKS,
    NO_RESPONSE,
    BODY_DRIPS,
    ERROR_BODY_DRIPS,
    PENDING_BODY_DRIPS
  }

  /** The events that can end the attempt. */
  private enum Ending {
    ATTEMPT_TIMEOUT,
    TOTAL_TIMEOUT,
    WALK_TIMEOUT,
    INTERRUPT,
    CLOSE_CLIENT,
    CLOSE_WALK
  }

  static List<Arguments> combinations() {
    List<Arguments> all = new ArrayList<>();
    for (Obstacle obstacle : Obstacle.values()) {
      for (Ending ending : Ending.values()) {
        all.add(Arguments.of(obstacle, ending));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("combinations")
  @SuppressWarnings("try")
  void endsPromptly(Obstacle obstacle, Ending ending)
      throws ExecutionException, IOException, InterruptedException, TimeoutException {
    IdcClientBuilder builder = builder();
    place(obstacle, builder);
    switch (ending) {
      case ATTEMPT_TIMEOUT -> builder.attemptTimeout(LIMIT);
      case TOTAL_TIMEOUT -> builder.totalTimeout(LIMIT);
      case WALK_TIMEOUT -> builder.walkTimeout(LIMIT);
      default -> {
        // The test causes this event later.
      }
    }
    try (IdcClient client = builder.build()) {
      Walk<ManifestRow> walk = client.manifest(1, PATIENT_ID).iterator();
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread caller = new Thread(() -> thrown.complete(catchThrowable(walk::hasNext)));
      long start = System.nanoTime();
      caller.start();
      if (ending.compareTo(Ending.INTERRUPT) >= 0) {
        assertThat(reached.await(OBSTACLE_SECONDS, TimeUnit.SECONDS)).isTrue();
        switch (ending) {
          case INTERRUPT -> caller.interrupt();
          case CLOSE_CLIENT -> client.close();
          default -> walk.close();
        }
      }
      Throwable failure = thrown.get(OBSTACLE_SECONDS, TimeUnit.SECONDS);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPT);
      if (ending.compareTo(Ending.INTERRUPT) >= 0) {
        assertThat(failure).isInstanceOf(CanceledException.class);
      } else {
        assertThat(failure)
            .isInstanceOfSatisfying(
                IdcTimeoutException.class,
                e -> assertThat(e.limit()).isEqualTo(Limit.valueOf(ending.name())));
      }
    }
  }

  private void place(Obstacle obstacle, IdcClientBuilder builder) throws IOException {
    switch (obstacle) {
      case TOKEN_ENDPOINT_HANGS -> {
        serve(issuer, Responses.hanging());
        builder.credentials(credentialsFile("2001-01-01T00:00:00Z"));
      }
      case TOKEN_RESPONSE_DRIPS -> {
        serve(issuer, Responses.dripping(200));
        builder.credentials(credentialsFile("2001-01-01T00:00:00Z"));
      }
      case RENEWAL_AFTER_401_HANGS -> {
        server.enqueue(Responses.error(401, "Expired"));
        serve(issuer, Responses.hanging());
        builder.credentials(credentialsFile("2100-01-01T00:00:00Z"));
      }
      case SUPPLIER_BLOCKS ->
          builder.credentials(
              Credentials.of(
                  () -> {
                    block();
                    return "token";
                  }));
      case DNS_BLOCKS ->
          builder
              .baseUrl("http://slow.example.org/v1")
              .httpClient(
                  new OkHttpClient.Builder()
                      .dns(
                          host -> {
                            block();
                            return List.of();
                          })
                      .build());
      case NO_RESPONSE -> serve(server, Responses.hanging());
      case BODY_DRIPS -> serve(server, Responses.dripping(200));
      case ERROR_BODY_DRIPS -> serve(server, Responses.dripping(400));
      case PENDING_BODY_DRIPS -> serve(server, Responses.dripping(202));
    }
  }

  private void serve(MockWebServer host, MockResponse response) {
    host.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            reached.countDown();
            return response;
          }
        });
  }

  /** Blocks like a native call, which ignores interrupts. */
  private void block() {
    reached.countDown();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(OBSTACLE_SECONDS);
    while (System.nanoTime() < end) {
      try {
        if (released.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        // Ignores the interrupt, like a native call.
      }
    }
  }

  private Credentials credentialsFile(String expiry) throws IOException {
    Path file = folder.resolve("credentials");
    Files.writeString(
        file,
        """
        {"client_id":"id","client_secret":"secret","refresh_token":"refresh",
         "token_expiry":"%s","token_uri":"%s","token_response":{"id_token":"opaque"}}
        """
            .formatted(expiry, issuer.url("/token")));
    return Credentials.file(file);
  }

  @Test
  void waitsForOneRenewalInAllThreads() throws IOException {
    serve(issuer, Responses.hanging());
    try (IdcClient client =
        builder()
            .credentials(credentialsFile("2001-01-01T00:00:00Z"))
            .totalTimeout(Duration.ofSeconds(1))
            .build()) {
      long start = System.nanoTime();
      List<CompletableFuture<?>> futures =
          List.of(client.async().cohorts(), client.async().cohorts(), client.async().cohorts());
      for (CompletableFuture<?> future : futures) {
        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(() -> future.get(OBSTACLE_SECONDS, TimeUnit.SECONDS))
            .withCauseInstanceOf(IdcTimeoutException.class);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPT);
    }
    assertThat(issuer.getRequestCount()).isEqualTo(1);
  }

  @Test
  void refusesAPipeAsCredentialsFile() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    try (IdcClient client = builder().credentials(Credentials.file(pipe)).build()) {
      assertThatExceptionOfType(CredentialsException.class)
          .isThrownBy(client::cohorts)
          .withMessageContaining("is not a regular file");
    }
  }

  @Test
  void keepsTheErrorIfTheRetirementProbeHangs() {
    server.enqueue(Responses.of(404, "<p>"));
    server.enqueue(Responses.hanging());
    try (IdcClient client = builder().attemptTimeout(Duration.ofMillis(500)).build()) {
      assertThatExceptionOfType(NotFoundException.class).isThrownBy(client::versions);
    }
  }

  @Test
  void limitsTheBodyOfARawResponse() throws IOException {
    server.enqueue(Responses.dripping(200));
    long start = System.nanoTime();
    try (IdcClient client = builder().attemptTimeout(Duration.ofSeconds(1)).build();
        RawResponse response = raw(client)) {
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> response.body().readAllBytes());
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPT);
  }

  private static RawResponse raw(IdcClient client) {
    return client.raw(MetadataApi.class, MetadataApi::listVersions);
  }

  private enum RawEnding {
    INTERRUPT,
    CLOSE_CLIENT,
    CLOSE_RESPONSE
  }

  @ParameterizedTest
  @EnumSource
  @SuppressWarnings("try")
  void endsReadingARawResponse(RawEnding ending)
      throws ExecutionException, InterruptedException, TimeoutException {
    server.enqueue(
        new MockResponse.Builder()
            .body(
                new MockResponseBody() {
                  @Override
                  public long getContentLength() {
                    return Long.MAX_VALUE;
                  }

                  @Override
                  public void writeTo(BufferedSink sink) throws IOException {
                    sink.writeUtf8("{").flush();
                    block();
                  }
                })
            .build());
    try (IdcClient client = builder().build();
        RawResponse response = raw(client)) {
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      CountDownLatch reading = new CountDownLatch(1);
      Thread reader =
          new Thread(
              () ->
                  thrown.complete(
                      catchThrowable(
                          () -> {
                            assertThat(response.body().read()).isEqualTo('{');
                            reading.countDown();
                            response.body().read();
                          })));
      reader.start();
      assertThat(reading.await(OBSTACLE_SECONDS, TimeUnit.SECONDS)).isTrue();
      switch (ending) {
        case INTERRUPT -> reader.interrupt();
        case CLOSE_CLIENT -> client.close();
        case CLOSE_RESPONSE -> response.close();
      }
      assertThat(thrown.get(PROMPT.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void endsARawRequestAfterTheShortestTotalTimeout() {
    server.enqueue(Responses.json("{}"));
    try (IdcClient client = builder().totalTimeout(Duration.ofNanos(1)).build()) {
      assertThatExceptionOfType(IdcTimeoutException.class).isThrownBy(() -> raw(client).close());
    }
  }

  @Test
  void sendsNoRequestAfterTheWalkTimeout() {
    FakeTime time = new FakeTime();
    server.enqueue(Responses.json(Responses.page(0, 1, "next")));
    server.enqueue(Responses.json(Responses.page(1, 1, "")));
    try (IdcClient client =
        builder().walkTimeout(Duration.ofMinutes(1)).time(time, time.sleeper()).build()) {
      Walk<ManifestRow> walk = client.manifest(1, PATIENT_ID).iterator();
      assertThat(walk.next().patientId()).isEqualTo("0");
      time.pass(Duration.ofMinutes(1));

      assertThatExceptionOfType(IdcTimeoutException.class)
          .isThrownBy(walk::hasNext)
          .satisfies(e -> assertThat(e.limit()).isEqualTo(Limit.WALK_TIMEOUT));
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }
}
