package io.github.idc4j.client;

import static io.github.idc4j.client.ManifestColumn.PATIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.error.BadRequestException;
import io.github.idc4j.client.error.CredentialsException;
import io.github.idc4j.client.error.DecodingException;
import io.github.idc4j.client.error.IdcException;
import io.github.idc4j.client.error.NotAuthorizedException;
import io.github.idc4j.client.error.NotFoundException;
import io.github.idc4j.client.error.PagingException;
import io.github.idc4j.client.error.QueryTimeoutException;
import io.github.idc4j.client.error.RetiredException;
import io.github.idc4j.client.error.ServerFaultException;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.client.error.TransportException;
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

/** What users read when something goes wrong, word for word. */
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
        .maxFailures(0)
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

  static Stream<Arguments> answers() {
    String error = "{\"code\":%s,\"message\":\"%s\"}";
    return Stream.of(
        Arguments.of(
            VERSIONS,
            answer(400, error.formatted(400, "Invalid key foo")),
            BadRequestException.class,
            "listVersions: the service answered 400: Invalid key foo ({v1}/versions)"),
        Arguments.of(
            WALK,
            answer(403, error.formatted(403, "Not your cohort")),
            NotAuthorizedException.class,
            "getManifest: the service answered 403: Not your cohort ("
                + MANIFEST
                + "). It takes an ID token that is valid, of the user whose cohort it is: see"
                + " credentials of IdcClient.builder()."),
        Arguments.of(
            VERSIONS,
            answer(404, error.formatted(404, "No such thing")),
            NotFoundException.class,
            "listVersions: the service answered 404: No such thing ({v1}/versions). Is the base URL"
                + " that of a version 1, such as https://example.org/v1?"),
        Arguments.of(
            (Consumer<IdcClient>) IdcClient::about,
            answer(410, "{\"code\":410,\"message\":\"Gone\",\"documentation\":\"See elsewhere.\"}"),
            RetiredException.class,
            "getAbout: the service answered 410: Gone ({v1}/about). See elsewhere. Version 1 is"
                + " withdrawn there; a service that still has it, such as idc4j's own, is reached by"
                + " baseUrl of IdcClient.builder()."),
        Arguments.of(
            VERSIONS,
            answer(429, error.formatted(429, "Slow down")),
            ServiceException.class,
            "listVersions: the service answered 429: Slow down ({v1}/versions)"),
        Arguments.of(
            VERSIONS,
            answer(502, "<h1>Bad gateway</h1>"),
            ServerFaultException.class,
            "listVersions: the service answered 502: Server Error ({v1}/versions)"),
        Arguments.of(
            VERSIONS,
            answer(302, "").newBuilder().setHeader("Location", "https://example.org/v1/x").build(),
            ServiceException.class,
            "listVersions: the service answered 302: it redirects to https://example.org/, which is"
                + " not followed; if you trust that address, give it to baseUrl ({v1}/versions)"),
        Arguments.of(
            (Consumer<IdcClient>) c -> c.createCohort(CohortDefinition.of("x")),
            answer(200, "{\"code\":200,\"cohort_properties\":{\"code\":400,\"message\":\"No.\"}}"),
            ServiceException.class,
            "createCohort: the service answered 200: No. ({v1}/cohorts)"),
        Arguments.of(
            WALK,
            answer(200, "{\"manifest\":{\"json_manifest\":[{\"Patient_ID\":[1,2]}]}}"),
            DecodingException.class,
            "getManifest: the answer is not as the contract says: Expected a string but was"
                + " BEGIN_ARRAY at $.manifest.json_manifest[0].Patient_ID, where it has [1.0, 2.0]"),
        Arguments.of(
            VERSIONS,
            answer(200, "<h1>Hello</h1>"),
            DecodingException.class,
            "listVersions: the answer is not as the contract says: it is not JSON at $, where it has"
                + " <h1>Hello</h1>"),
        Arguments.of(
            VERSIONS,
            answer(200, ""),
            DecodingException.class,
            "listVersions: the answer is not as the contract says: the body is empty at $"),
        Arguments.of(
            VERSIONS,
            answer(200, "{\"code\":200}"),
            DecodingException.class,
            "listVersions: the answer has no versions"),
        Arguments.of(
            WALK,
            answer(202, "{\"code\":202,\"message\":\"[ERROR] wait\"}"),
            PagingException.class,
            "getManifest: the service answered 202 without a token, so there is nothing to go on"
                + " with."),
        Arguments.of(
            WALK,
            answer(202, "{\"code\":202,\"next_page\":\"t\"}")
                .newBuilder()
                .setHeader("Retry-After", "61")
                .build(),
            QueryTimeoutException.class,
            "getManifest: no result after 0 ms and 1 request. The query goes on at the service: go"
                + " on with checkpoint() and Paged.from, or with token() and Paged.pages. To wait"
                + " longer, raise totalTimeout or walkTimeout of IdcClient.builder()."));
  }

  @ParameterizedTest
  @MethodSource("answers")
  <E extends IdcException> void saysWhatAnAnswerMeans(
      Consumer<IdcClient> call, MockResponse answer, Class<E> type, String message) {
    server.enqueue(answer);
    // Whoever answers 404 is asked whether it is retired.
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
        "The service gave a page token that it had given before in this walk, which would never"
            + " end; it came with page 2.",
        () -> WALK.accept(client));
  }

  @Test
  void saysThatThereIsNoToken() {
    client.close();
    client = builder().credentials(Credentials.of(() -> null)).build();

    assertMessage(
        CredentialsException.class,
        "The credentials gave no ID token, so nothing was sent; see IdcClient.builder().credentials",
        () -> VERSIONS.accept(client));
  }

  @Test
  void saysThatTheClientIsClosed() {
    client.close();

    assertMessage(
        TransportException.class,
        "listVersions: stopped, as the walk or the client was closed",
        () -> VERSIONS.accept(client));
  }

  @Test
  void saysThatItWasInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertMessage(
          TransportException.class,
          "listVersions: interrupted, nothing more was sent",
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
        "listVersions: no whole answer from localhost: unexpected end of stream",
        () -> VERSIONS.accept(client));
  }
}
