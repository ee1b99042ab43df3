package io.github.idc4j.client;

import static io.github.idc4j.client.ManifestColumn.PATIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.idc4j.api.MetadataApi;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.error.DecodingException;
import io.github.idc4j.client.error.IdcException;
import io.github.idc4j.client.error.IdcTimeoutException;
import io.github.idc4j.client.error.RetiredException;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.client.http.AttemptEvent;
import io.github.idc4j.client.http.RawResponse;
import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageToken;
import io.github.idc4j.client.paging.Walk;
import io.github.idc4j.client.testing.FakeTime;
import io.github.idc4j.model.ManifestAccepted;
import io.github.idc4j.model.ManifestPage;
import io.github.idc4j.model.ManifestRow;
import io.github.idc4j.model.QueryInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that no secret appears in anything that a program may print or log, even if a response
 * contains the secret.
 */
@Timeout(120)
class SecretsTest {

  private static final String ID_TOKEN = "opaque/Id+Token=42";
  private static final String PAGE_TOKEN = "Page/Token+7&x=y==";
  private static final String API_KEY = "Api-Key 0815 of mine";
  private static final String UNKNOWN_TOKEN = "Zm9vYmFy-unknown-token_0123456789";
  private static final String JWT =
      "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.SflKxwRJSMeKKF2QT4f";

  private final MockWebServer server = new MockWebServer();
  private final FakeTime time = new FakeTime();
  private final List<AttemptEvent> events = new CopyOnWriteArrayList<>();
  private final Records records = new Records();
  private Level level;

  /** Collects log records as strings. */
  private static final class Records extends Handler {
    private final List<String> texts = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord record) {
      texts.add(new SimpleFormatter().format(record));
    }

    @Override
    public void flush() {
      // No records are buffered.
    }

    @Override
    public void close() {
      // No resources are open.
    }
  }

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.start();
    Logger root = Logger.getLogger("");
    level = root.getLevel();
    records.setLevel(Level.ALL);
    root.addHandler(records);
    root.setLevel(Level.ALL);
  }

  @AfterEach
  void stop() {
    Logger root = Logger.getLogger("");
    root.setLevel(level);
    root.removeHandler(records);
    server.close();
  }

  private IdcClientBuilder builder() {
    return IdcClient.builder()
        .baseUrl(server.url("/v1").toString())
        .credentials(Credentials.of(ID_TOKEN))
        .header("X-Api-Key", API_KEY)
        .retryPolicy(RetryPolicy.none())
        .onAttempt(events::add)
        .time(time, time.sleeper());
  }

  /** Returns everything that a program could print about an exception. */
  private static String text(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    if (thrown instanceof ServiceException e) {
      text.append(e.serviceMessage()).append(e.url());
    }
    if (thrown instanceof RetiredException e) {
      text.append(e.documentation());
    }
    if (thrown instanceof DecodingException e) {
      text.append(e.path()).append(e.fragment());
    }
    return text.toString();
  }

  private void assertNoSecret(String text) {
    // MockWebServer logs the requests that it receives. The client cannot prevent this.
    String all =
        text
            + events
            + records.texts.stream().filter(record -> !record.contains("mockwebserver3")).toList();
    for (String secret : List.of(ID_TOKEN, PAGE_TOKEN, API_KEY, UNKNOWN_TOKEN, JWT)) {
      String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
      assertThat(all)
          .doesNotContain(
              secret,
              encoded,
              encoded.replace("+", "%20"),
              lowerCaseEscapes(encoded),
              encoded.toLowerCase(Locale.ROOT),
              secret.toLowerCase(Locale.ROOT));
    }
  }

  /** The places where a response contains a secret. */
  private enum Echo {
    REASON_PHRASE,
    MESSAGE,
    ENCODED_MESSAGE,
    LOWER_CASE_ENCODED_MESSAGE,
    SPACES_AS_PERCENT_20,
    RETIREMENT,
    LOCATION_PATH,
    LOCATION_QUERY,
    LOCATION_HOST,
    LOCATION_USER,
    STATUS_LINE,
    NOT_JSON,
    WRONG_TYPE,
    NAME,
    NAME_IN_PATH,
    UNSAVED_COHORT,
    PROXY
  }

  private static MockResponse response(Echo echo, String secret) {
    String json = secret.replace("\\", "\\\\").replace("\"", "\\\"");
    String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    MockResponse.Builder response = new MockResponse.Builder();
    switch (echo) {
      case REASON_PHRASE -> response.status("HTTP/1.1 400 No " + secret + ".");
      case MESSAGE -> response.code(400).body("{\"code\":400,\"message\":\"No " + json + ".\"}");
      case ENCODED_MESSAGE ->
          response.code(400).body("{\"code\":400,\"message\":\"/x?y=" + encoded + "\"}");
      case LOWER_CASE_ENCODED_MESSAGE ->
          response.code(400).body("{\"message\":\"" + lowerCaseEscapes(encoded) + "\"}");
      case SPACES_AS_PERCENT_20 ->
          response.code(400).body("{\"message\":\"" + encoded.replace("+", "%20") + "\"}");
      case RETIREMENT ->
          response
              .code(410)
              .body("{\"message\":\"" + json + "\",\"documentation\":\"See " + json + "\"}");
      case LOCATION_PATH ->
          response.code(302).setHeader("Location", "https://example.org/" + encoded);
      case LOCATION_QUERY ->
          response.code(302).setHeader("Location", "https://example.org/?t=" + encoded);
      case LOCATION_HOST ->
          response
              .code(302)
              .setHeader(
                  "Location", "https://" + secret.replaceAll("[^A-Za-z0-9-]", "") + ".example.org");
      case LOCATION_USER ->
          response.code(302).setHeader("Location", "https://u:" + encoded + "@example.org/");
      case STATUS_LINE -> response.status("HTTP/7 " + secret);
      case NOT_JSON -> response.body("<p>Your token is " + secret + " here.</p>");
      case WRONG_TYPE ->
          response.body("{\"manifest\":[\"" + json + "\"],\"versions\":\"" + json + "\"}");
      case NAME ->
          response.body("{\"manifest\":{\"json_manifest\":{\"" + json + "\":1}},\"cohorts\":5}");
      case NAME_IN_PATH ->
          response.body(
              "{\"manifest\":{\"json_manifest\":[{\"" + json + "\":{\"" + json + "\":[}}}]}}");
      case UNSAVED_COHORT ->
          response.body("{\"cohort_properties\":{\"code\":400,\"message\":\"No " + json + ".\"}}");
      case PROXY -> response.status("HTTP/1.1 407 " + secret);
    }
    return response.build();
  }

  private static String lowerCaseEscapes(String encoded) {
    return Pattern.compile("%..")
        .matcher(encoded)
        .replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @EnumSource
  void masksSecretsThatTheServiceRepeats(Echo echo) {
    for (String secret : List.of(ID_TOKEN, PAGE_TOKEN, API_KEY)) {
      MockResponse response = response(echo, secret);
      serve(response);
      try (IdcClient client = builder().build()) {
        PageToken token = new PageToken(PAGE_TOKEN);
        Throwable thrown =
            echo == Echo.UNSAVED_COHORT
                ? catchThrowable(() -> client.createCohort(CohortDefinition.of("x")))
                : catchThrowable(
                    () -> client.manifest(1, PATIENT_ID).pages(token).iterator().next());

        assertThat(thrown).isInstanceOf(IdcException.class);
        if (echo != Echo.UNSAVED_COHORT || !secret.equals(PAGE_TOKEN)) {
          assertNoSecret(text(thrown));
        }
      }
    }
  }

  private void serve(MockResponse response) {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return response;
          }
        });
  }

  static List<MockResponse> responsesWithNewTokens() {
    String manifest = "\"manifest\":{\"json_manifest\":[]}";
    return List.of(
        Responses.json("{\"next_page\":[\"" + UNKNOWN_TOKEN + "\"]}"),
        Responses.json("{\"next_page\":{\"token\":\"" + UNKNOWN_TOKEN + "\"}}"),
        Responses.json("{\"next_page\":{\"" + UNKNOWN_TOKEN + "\":\"token\"}}"),
        Responses.json("{\"next_page\":" + UNKNOWN_TOKEN + "}"),
        Responses.json("{\"next_page\":\"" + UNKNOWN_TOKEN + "\" oops}"),
        Responses.json("{'next_page':'" + UNKNOWN_TOKEN + "'}"),
        Responses.json("next_page=" + UNKNOWN_TOKEN),
        Responses.json("<a href=\"?next_page=" + UNKNOWN_TOKEN + "\">next</a>"),
        Responses.json("{" + manifest + ",\"next_page\" : [ \"" + UNKNOWN_TOKEN + "\" ]}"),
        Responses.json("[{\"next_page\":\"" + UNKNOWN_TOKEN + "\"}]"),
        Responses.json("[{\"next_page\":[\"" + UNKNOWN_TOKEN + "\"]}]"),
        Responses.json(
            "{\"manifest\":{\"json_manifest\":{\"next_page\":\"" + UNKNOWN_TOKEN + "\"}}}"),
        Responses.json("[{\"next_page\":{\"token\":\"" + UNKNOWN_TOKEN + "\"}}]"),
        Responses.of(302, "")
            .newBuilder()
            .setHeader("Location", "https://u:" + UNKNOWN_TOKEN + "@example.org")
            .build(),
        Responses.json("{\"manifest\":\"" + JWT + "\"}"),
        Responses.json("<p>" + JWT + "</p>"),
        Responses.error(400, "Bearer " + JWT + " expired"),
        Responses.error(400, "next_page=" + UNKNOWN_TOKEN + " expired"),
        Responses.error(400, "next_page: '" + UNKNOWN_TOKEN + "' expired"),
        Responses.error(400, "next_page%3D" + UNKNOWN_TOKEN),
        Responses.of(202, "{\"next_page\":[\"" + UNKNOWN_TOKEN + "\"]}"),
        Responses.of(202, "{\"next_page\":\"" + UNKNOWN_TOKEN + "\",}"));
  }

  @ParameterizedTest
  @MethodSource("responsesWithNewTokens")
  void masksTokensThatTheClientHasNotSeen(MockResponse response) {
    serve(response);
    try (IdcClient client = builder().build()) {
      Throwable thrown =
          catchThrowable(() -> client.manifest(1, PATIENT_ID).pages().iterator().next());

      assertThat(thrown).isInstanceOf(IdcException.class);
      assertNoSecret(text(thrown));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "lung", "e", "Page"})
  void leavesWordsThatContainAShortToken(String token) {
    String message = "Invalid collection tcga_lungcancer near Pages";
    server.enqueue(Responses.error(400, message));
    try (IdcClient client = builder().credentials(Credentials.of(token)).build()) {
      assertThatExceptionOfType(ServiceException.class)
          .isThrownBy(
              () -> client.manifest(1, PATIENT_ID).pages(new PageToken(token)).iterator().next())
          .satisfies(e -> assertThat(e.serviceMessage()).isEqualTo(message));
    }
  }

  @Test
  void leavesTheNameOfTheClientInMessages() {
    server.enqueue(Responses.error(400, "Update idc4j please"));
    try (IdcClient client = builder().build()) {
      assertThatExceptionOfType(ServiceException.class)
          .isThrownBy(client::versions)
          .satisfies(e -> assertThat(e.serviceMessage()).isEqualTo("Update idc4j please"));
    }
  }

  @Test
  void masksSuppressedExceptionsAndCauses() {
    OkHttpClient http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  String token = chain.request().header("Authorization");
                  IOException innermost = new IOException(token);
                  IOException suppressed = new IOException("Suppressed");
                  suppressed.addSuppressed(innermost);
                  IOException thrown = new IOException("Outer", new IOException("Inner"));
                  thrown.getCause().addSuppressed(suppressed);
                  throw thrown;
                })
            .build();
    try (IdcClient client = builder().httpClient(http).build()) {
      Throwable thrown = catchThrowable(client::versions);
      assertThat(thrown).isInstanceOf(IdcException.class);
      assertNoSecret(text(thrown));
    }
  }

  @Test
  void masksSecretsOfTheTokenEndpoint(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("credentials");
    Files.writeString(
        file,
        """
        {"client_id":"id","client_secret":"%s","refresh_token":"%s","token_uri":"%s",
         "token_expiry":"1960-01-01T00:00:00Z","token_response":{"id_token":"%s"}}
        """
            .formatted(API_KEY, UNKNOWN_TOKEN, server.url("/token"), ID_TOKEN));
    String echo = ID_TOKEN + " " + UNKNOWN_TOKEN + " " + API_KEY;
    for (MockResponse response :
        List.of(
            Responses.of(400, "{\"error\":\"" + echo + "\",\"error_description\":\"x\"}"),
            Responses.json("{\"access_token\":\"" + echo + "\"}"),
            Responses.json(echo),
            new MockResponse.Builder().status("HTTP/1.1 401 " + echo).build(),
            new MockResponse.Builder().status("HTTP/7 " + UNKNOWN_TOKEN).build(),
            new MockResponse.Builder().status("HTTP/7 " + API_KEY).build(),
            Responses.of(302, "").newBuilder().setHeader("Location", "http://h/" + echo).build(),
            new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build())) {
      server.enqueue(response);
      try (IdcClient client = builder().credentials(Credentials.file(file)).build()) {
        Throwable thrown = catchThrowable(client::cohorts);
        assertThat(thrown).isInstanceOf(IdcException.class);
        assertNoSecret(text(thrown));
      }
    }
  }

  @Test
  void hidesSecretsInTheTextsOfPublicTypes() throws IOException {
    server.enqueue(
        Responses.json(Responses.page(0, 1, PAGE_TOKEN))
            .newBuilder()
            .setHeader("Set-Cookie", API_KEY)
            .build());
    server.enqueue(Responses.json("{}").newBuilder().setHeader("X", API_KEY).build());
    IdcClientBuilder builder = builder();
    try (IdcClient client = builder.build()) {
      Walk<ManifestRow> walk = client.manifest(1, PATIENT_ID).iterator();
      walk.next();
      Page<ManifestRow> page =
          new Page<>(
              List.of(),
              OptionalLong.empty(),
              Optional.of(new PageToken(PAGE_TOKEN)),
              walk.page().orElseThrow());
      List<Object> printed =
          new ArrayList<>(
              List.of(
                  builder,
                  client,
                  client.toBuilder(),
                  client.async(),
                  client.manifest(1, PATIENT_ID),
                  client.manifest(1, PATIENT_ID).pages(new PageToken(PAGE_TOKEN)),
                  client.manifest(1, PATIENT_ID).async(),
                  client.manifest(1, PATIENT_ID).publisher(),
                  walk,
                  walk.checkpoint(),
                  page,
                  page.info(),
                  new PageToken(PAGE_TOKEN),
                  Credentials.of(ID_TOKEN),
                  RetryPolicy.defaults(),
                  new ManifestPage(200, null, PAGE_TOKEN),
                  new ManifestAccepted(202, "m", PAGE_TOKEN),
                  new QueryInfo(PAGE_TOKEN, null, null)));
      try (RawResponse response = client.raw(MetadataApi.class, MetadataApi::listVersions)) {
        printed.add(response);
      }
      assertNoSecret(printed.toString());
      assertThat(walk.checkpoint().token()).contains(new PageToken(PAGE_TOKEN));
    }
  }

  @Test
  void hidesThePageTokenOfATimeout() {
    serve(Responses.pending(PAGE_TOKEN));
    try (IdcClient client = builder().totalTimeout(Duration.ofSeconds(30)).build()) {
      Throwable thrown = catchThrowable(() -> client.manifest(1, PATIENT_ID).iterator().hasNext());

      assertThat(events).hasSizeGreaterThan(1);
      assertNoSecret(text(thrown));
      assertThat(((IdcTimeoutException) thrown).pageToken()).contains(PAGE_TOKEN);
    }
  }
}
