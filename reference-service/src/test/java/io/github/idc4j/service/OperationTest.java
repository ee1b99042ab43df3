package io.github.idc4j.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.http.RequestLimits;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests the log of requests, the IDs of requests, and the headers of all responses. */
@Timeout(60)
class OperationTest {

  private static final Logger REQUESTS = Logger.getLogger("io.github.idc4j.requests");
  private static final int MAX_BODY = 4096;

  @TempDir static Path home;

  private static ReferenceService service;

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private final Handler log =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          lines.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private static ReferenceServiceBuilder builder() {
    return ReferenceService.builder()
        .dataFolder(home)
        .sampleSize(new SampleSize(Map.of("nlst", 3), 50))
        .limits(Limits.standard().withRequests(RequestLimits.standard().withBodyBytes(MAX_BODY)));
  }

  @BeforeAll
  static void start() throws IOException {
    service = builder().start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void listen() {
    REQUESTS.addHandler(log);
  }

  @AfterEach
  void stopListening() {
    REQUESTS.removeHandler(log);
  }

  /** A request to a service; "-" stands for no body. */
  private static HttpResponse<String> send(
      ReferenceService to, String method, String path, String body) {
    return Http.send(
        method,
        to.baseUrl().resolve(path).toString(),
        "application/json",
        body.equals("-") ? null : body,
        null);
  }

  private static String id(HttpResponse<String> response) {
    return response.headers().firstValue("X-Request-Id").orElseThrow();
  }

  /** Sends bytes and returns what the service responds until it closes the connection. */
  private static String exchange(String request) throws IOException {
    try (Socket socket = new Socket(service.baseUrl().getHost(), service.baseUrl().getPort())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static String get(String path, String header) throws IOException {
    return exchange(
        "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n");
  }

  private JsonNode line() throws InterruptedException {
    String text = lines.take();
    assertThat(text).doesNotContain("\n");
    return JsonMapper.shared().readTree(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "reduced", "retired", "quirks"})
  void aServiceReportsThatItWorksInEachMode(String mode) throws IOException {
    ReferenceService other =
        builder()
            .reduced(mode.equals("reduced"))
            .retired(mode.equals("retired"))
            .quirks(mode.equals("quirks"))
            .start();
    try (other) {
      for (String path : new String[] {"/health", "/ready"}) {
        HttpResponse<String> response = send(other, "GET", path, "-");
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        assertThat(response.body()).contains("\"status\":\"UP\"");
      }
      assertThat(send(other, "GET", "/metrics", "-").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aResponseHasTheIdOfItsRequest() throws IOException {
    assertThat(get("/v1/about", "X-Request-Id: trace-7.a_B\r\n"))
        .contains("X-Request-Id: trace-7.a_B\r\n");
    assertThat(get("/v1/cohorts", "X-Request-Id: failed\r\n")).contains("X-Request-Id: failed\r\n");
    assertThat(get("/v1/about", "X-Request-Id: a b\r\n"))
        .doesNotContain("a b")
        .containsPattern("X-Request-Id: [0-9a-f-]{36}\r\n");
    assertThat(id(send(service, "GET", "/v1/about", "-")))
        .isNotEqualTo(id(send(service, "GET", "/v1/about", "-")));
  }

  @Test
  void aRequestIsLoggedInOneLineWithoutItsParameters() throws InterruptedException {
    Instant before = Instant.now().minusMillis(1);
    HttpResponse<String> response =
        send(service, "GET", "/v1/cohorts/manifest/nextPage?next_page=secret", "-");
    JsonNode line = line();

    assertThat(line.toString()).doesNotContain("secret");
    assertThat(line.get("id").asString()).isEqualTo(id(response));
    assertThat(Instant.parse(line.get("time").asString())).isBetween(before, Instant.now());
    assertThat(line.get("client").asString()).isEqualTo("127.0.0.1");
    assertThat(line.get("method").asString()).isEqualTo("GET");
    assertThat(line.get("path").asString()).isEqualTo("/v1/cohorts/manifest/nextPage");
    assertThat(line.get("operation").asString()).isEqualTo("GET /v1/cohorts/manifest/nextPage");
    assertThat(line.get("status").asInt()).isEqualTo(response.statusCode()).isEqualTo(400);
    assertThat(line.get("bytes").asInt()).isEqualTo(response.body().length());
    assertThat(line.get("ms").isIntegralNumber()).isTrue();
  }

  @Test
  void aLineNamesTheOperationButNotTheCaller() throws InterruptedException {
    String token = service.issueToken("alice@example.org");
    Http.send("POST", service.baseUrl() + "/cohorts/query/17", "application/json", "{}", token);
    String text = lines.take();

    assertThat(text)
        .contains("\"operation\":\"POST /v1/cohorts/query/{cohort_id}\"")
        .contains("\"path\":\"/v1/cohorts/query/17\"")
        .doesNotContain("alice", token);
  }

  /** Returns requests that each part of the service refuses. */
  @ParameterizedTest
  @CsvSource({
    "GET, /v1/none, localhost, , 404, unknown",
    "PUT, /v1/about, localhost, , 405, unknown",
    "GET, /v1/about, example.org, , 421, unknown",
    "POST, /v1/cohorts/manifest/preview, localhost, Content-Length: 5000, 413, POST /v1/cohorts/manifest/preview",
    "GET, /v1/cohorts, localhost, Authorization: Bearer bad, 401, GET /v1/cohorts",
    "GET, /v1/about, localhost, No colon, 400, unknown",
    "GET, /v1/%zz, localhost, , 400, unknown",
    "GET, /v1/../about, localhost, , 404, unknown",
    "GET, /v1/%2e%2e/about, localhost, , 400, unknown",
    "BAD METHOD, /v1/about, localhost, , 400, unknown",
  })
  void aRefusedRequestIsLoggedAndItsResponseHasTheCommonHeaders(
      String method, String path, String host, String header, int status, String operation)
      throws IOException, InterruptedException {
    String response =
        exchange(
            "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n"
                .formatted(method, path, host, header == null ? "" : header + "\r\n"));
    JsonNode line = line();

    assertThat(response).startsWith("HTTP/1.1 " + status + " ");
    assertThat(response).contains("X-Request-Id: " + line.get("id").asString() + "\r\n");
    assertThat(response)
        .contains(
            "X-Frame-Options: SAMEORIGIN\r\n",
            "X-Content-Type-Options: nosniff\r\n",
            "Content-Security-Policy: default-src 'self'; object-src 'none'\r\n",
            "Referrer-Policy: strict-origin-when-cross-origin\r\n",
            "Strict-Transport-Security: max-age=3600; includeSubDomains\r\n");
    assertThat(line.get("status").asInt()).isEqualTo(status);
    assertThat(line.get("operation").asString()).isEqualTo(operation);
    assertThat(lines).isEmpty();
  }
}
