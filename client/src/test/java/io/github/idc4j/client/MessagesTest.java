package io.github.idc4j.client;

import static io.github.idc4j.client.ManifestColumn.PATIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.error.BadRequestException;
import io.github.idc4j.client.error.CanceledException;
import io.github.idc4j.client.error.CredentialsException;
import io.github.idc4j.client.error.DecodingException;
import io.github.idc4j.client.error.ForbiddenException;
import io.github.idc4j.client.error.IdcException;
import io.github.idc4j.client.error.IdcTimeoutException;
import io.github.idc4j.client.error.MethodNotAllowedException;
import io.github.idc4j.client.error.NotFoundException;
import io.github.idc4j.client.error.PagingException;
import io.github.idc4j.client.error.RetiredException;
import io.github.idc4j.client.error.ServerErrorException;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.client.error.TooManyRequestsException;
import io.github.idc4j.client.error.TransportException;
import io.github.idc4j.client.error.UnauthorizedException;
import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.testing.FakeTime;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the exact text of error messages. */
class MessagesTest {

  private static final Consumer<IdcClient> VERSIONS = IdcClient::versions;
  private static final Consumer<IdcClient> WALK = MessagesTest::walk;
  private static final String MANIFEST = "{v1}/cohorts/manifest/7?Patient_ID=True&page_size=1000";

  private final MockWebServer server = new MockWebServer();
  private final FakeTime time = new FakeTime();
  private IdcClient client;

  private IdcClientBuilder builder() {
    return IdcClient.builder()
        .baseUrl(server.url("/v1").toString())
        .retryPolicy(RetryPolicy.none())
        .totalTimeout(Duration.ofMinutes(1))
        .time(time, time.sleeper());
  }

  @BeforeEach
  void start() throws IOException {
    server.start();
    client = builder().build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static void walk(IdcClient client) {
    client.manifest(7, PATIENT_ID).forEach(row -> {});
  }

  private static MockResponse answer(int status, String body) {
    return new MockResponse.Builder().code(status).body(body).build();
  }

  private <E extends IdcException> void assertMessage(
      Class<E> type, String message, ThrowingCallable call) {
    E thrown = catchThrowableOfType(type, call);
    String base = server.url("/v1").toString();
    assertThat(thrown).hasMessage(message.replace("{v1}", base));
  }

  static Stream<Arguments> responses() {
    String error = "{\"code\":%s,\"message\":\"%s\"}";
    return Stream.of(
        Arguments.of(
            VERSIONS,
            answer(400, error.formatted(400, "Invalid key foo")),
            BadRequestException.class,
            "listVersions: The service responded with 400: Invalid key foo ({v1}/versions)."),
        Arguments.of(
            WALK,
            answer(403, error.formatted(403, "Not your cohort")),
            ForbiddenException.class,
            "getManifest: The service responded with 403: Not your cohort ("
                + MANIFEST
                + "). Use an ID token of the cohort's owner."),
        Arguments.of(
            WALK,
            answer(401, error.formatted(401, "Expired")),
            UnauthorizedException.class,
            "getManifest: The service responded with 401: Expired ("
                + MANIFEST
                + "). Pass a valid ID token to credentials(); one expires after an hour."),
        Arguments.of(
            VERSIONS,
            answer(404, error.formatted(404, "No such thing")),
            NotFoundException.class,
            "listVersions: The service responded with 404: No such thing ({v1}/versions). Check the"
                + " base URL; it must lead to version 1, such as https://example.org/v1."),
        Arguments.of(
            VERSIONS,
            answer(405, "<p>"),
            MethodNotAllowedException.class,
            "listVersions: The service responded with 405: Client Error ({v1}/versions). Check the"
                + " base URL; it must lead to version 1, such as https://example.org/v1."),
        Arguments.of(
            (Consumer<IdcClient>) IdcClient::about,
            answer(410, "{\"code\":410,\"message\":\"Gone\",\"documentation\":\"See elsewhere.\"}"),
            RetiredException.class,
            "getAbout: The service responded with 410: Gone ({v1}/about). See elsewhere. Version 1 is"
                + " retired at this service. Set baseUrl to one that still provides it, such as"
                + " ./idc4j serve."),
        Arguments.of(
            VERSIONS,
            answer(429, error.formatted(429, "Slow down")),
            TooManyRequestsException.class,
            "listVersions: The service responded with 429: Slow down ({v1}/versions). Send requests"
                + " more slowly, or allow more retries with retryPolicy()."),
        Arguments.of(
            VERSIONS,
            answer(502, "<h1>Bad gateway</h1>"),
            ServerErrorException.class,
            "listVersions: The service responded with 502: Server Error ({v1}/versions)."),
        Arguments.of(
            VERSIONS,
            answer(302, "").newBuilder().setHeader("Location", "https://example.org/v1/x").build(),
            ServiceException.class,
            "listVersions: The service responded with 302: Redirect to https://example.org/, which the"
                + " client does not follow. If you trust that host, set baseUrl to it"
                + " ({v1}/versions)."),
        Arguments.of(
            (Consumer<IdcClient>) c -> c.createCohort(CohortDefinition.of("x")),
            answer(200, "{\"code\":200,\"cohort_properties\":{\"code\":400,\"message\":\"No.\"}}"),
            BadRequestException.class,
            "createCohort: The service responded with 200: No. ({v1}/cohorts)."),
        Arguments.of(
            WALK,
            answer(200, "{\"manifest\":{\"json_manifest\":[{\"Patient_ID\":[1,2]}]}}"),
            DecodingException.class,
            "getManifest: The response does not conform to the specification: Expected a string but"
                + " was BEGIN_ARRAY at $.manifest.json_manifest[0].Patient_ID, found [1,2]."),
        Arguments.of(
            VERSIONS,
            answer(200, "<h1>Hello</h1>"),
            DecodingException.class,
            "listVersions: The response does not conform to the specification: the body is not JSON (check the base URL)"
                + " at $, found <h1>Hello</h1>."),
        Arguments.of(
            VERSIONS,
            answer(200, ""),
            DecodingException.class,
            "listVersions: The response does not conform to the specification: the body is empty at"
                + " $."),
        Arguments.of(
            VERSIONS,
            answer(200, "{\"code\":200}"),
            DecodingException.class,
            "listVersions: The response does not conform to the specification: no versions at $."),
        Arguments.of(
            WALK,
            answer(202, "{\"code\":202,\"message\":\"[ERROR] wait\"}"),
            PagingException.class,
            "getManifest: The service responded with 202 but without a token, so the result can't be"
                + " polled."),
        Arguments.of(
            WALK,
            answer(202, "{\"code\":202,\"next_page\":\"t\"}")
                .newBuilder()
                .setHeader("Retry-After", "61")
                .build(),
            IdcTimeoutException.class,
            "getManifest: No result after 0 ms and 1 request; totalTimeout is PT1M. The service may"
                + " still run the query: resume from checkpoint(), or fetch the page by pageToken()."
                + " To wait longer, raise totalTimeout."));
  }

  @ParameterizedTest
  @MethodSource("responses")
  <E extends IdcException> void saysWhatAnAnswerMeans(
      Consumer<IdcClient> call, MockResponse answer, Class<E> type, String message) {
    server.enqueue(answer);
    // This is the response to the second request, which the client sends after a 404 to check
    // whether the service is retired.
    server.enqueue(answer(200, "{\"code\":200,\"message\":\"\",\"documentation\":\"\"}"));

    assertMessage(type, message, () -> call.accept(client));
  }

  @Test
  void saysThatTokensGoRound() {
    String page = "{\"manifest\":{\"json_manifest\":[{}]},\"next_page\":\"same\"}";
    server.enqueue(answer(200, page));
    server.enqueue(answer(200, page));

    assertMessage(
        PagingException.class,
        "getManifest: Page 2 has a page token that an earlier page of this walk had, so the pages"
            + " would never end.",
        () -> WALK.accept(client));
  }

  @Test
  void saysThatThereIsNoToken() {
    client.close();
    client = builder().credentials(Credentials.of(() -> null)).build();

    assertMessage(
        CredentialsException.class,
        "The credentials returned no ID token, so the request was not sent. Check what you pass to"
            + " credentials().",
        () -> VERSIONS.accept(client));
  }

  @Test
  void saysThatTheClientIsClosed() {
    client.close();

    assertMessage(
        CanceledException.class,
        "listVersions: Canceled, because the walk, the future, or the client was closed.",
        () -> VERSIONS.accept(client));
  }

  @Test
  void saysThatItWasInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertMessage(
          CanceledException.class,
          "listVersions: Canceled, because the calling thread was interrupted.",
          () -> VERSIONS.accept(client));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void saysThatTheConnectionBroke() {
    server.enqueue(
        answer(200, "{\"code\":200,\"versions\":[")
            .newBuilder()
            .setHeader("Content-Length", "100")
            .onResponseEnd(new SocketEffect.CloseSocket())
            .build());

    assertMessage(
        TransportException.class,
        "listVersions: No complete response from localhost: unexpected end of stream.",
        () -> VERSIONS.accept(client));
  }
}
