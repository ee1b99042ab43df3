package io.github.idc4j.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.http.RequestLimits;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends requests to a service, and tests that its metrics count them. */
class MetricsTest {

  private static final int MAX_BODY = 4096;

  /** A line of the text format of Prometheus. */
  private static final Pattern LINE =
      Pattern.compile(
          "# (HELP|TYPE) [a-z0-9_]+ .+"
              + "|[a-z0-9_]+(\\{([a-z_]+=\"[^\"\\\\\\n]*\",?)+\\})? (-?[0-9.E+-]+|NaN|[+-]Inf)");

  private static final String MANIFEST = "/cohorts/manifest/preview";
  private static final String COHORT =
      "{\"name\":\"\",\"description\":\"\",\"filters\":{\"collection_id\":[\"nlst\"]}}";

  @TempDir static Path home;

  private static ReferenceService service;

  private static ReferenceServiceBuilder builder() {
    return ReferenceService.builder()
        .dataFolder(home)
        .sampleSize(new SampleSize(Map.of("nlst", 3), 2500))
        .limits(Limits.standard().withRequests(RequestLimits.standard().withBodyBytes(MAX_BODY)));
  }

  @BeforeAll
  static void start() throws IOException {
    service = builder().slowAddress(1).start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static HttpResponse<String> get(String url) {
    return Http.send("GET", url, null, null, null);
  }

  private static String text() {
    return get(service.metricsUrl().toString()).body();
  }

  /** Returns the value of a metric with its labels; 0 if the metric has no such labels. */
  private static double value(String metric) {
    return text()
        .lines()
        .filter(line -> line.startsWith(metric + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  private static double requests(String operation, int status) {
    return value(
        "idc4j_http_requests_total{operation=\"%s\",status=\"%s\"}".formatted(operation, status));
  }

  /** The service may count a request shortly after the client has received the response. */
  private static void assertIncreased(double before, double increase, DoubleSupplier value) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    double now = value.getAsDouble();
    while (now < before + increase && System.nanoTime() < end) {
      now = value.getAsDouble();
    }
    assertThat(now - before).isEqualTo(increase);
  }

  private static HttpResponse<String> manifest(String baseUrl, int pageSize) {
    return Http.send(
        "POST",
        baseUrl + MANIFEST + "?SOPInstanceUID=True&page_size=" + pageSize,
        "application/json",
        COHORT,
        null);
  }

  private static void send(String head) throws IOException {
    try (Socket socket = new Socket(service.baseUrl().getHost(), service.baseUrl().getPort())) {
      socket.getOutputStream().write((head + "\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
    }
  }

  @Test
  void theMetricsHaveTheTextFormatOfPrometheus() {
    HttpResponse<String> response = get(service.metricsUrl().toString());

    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body()).endsWith("\n");
    assertThat(response.body().lines()).allMatch(line -> LINE.matcher(line).matches());
    assertThat(response.body()).contains("jvm_memory_used_bytes{", "jvm_threads_current ");
  }

  @Test
  void requestsAreCountedByOperationAndStatus() {
    String operation = "GET /v1/cohorts/manifest/{cohort_id}";
    double before = requests(operation, 400);
    String duration = "idc4j_http_request_duration_seconds_count{operation=\"" + operation + "\"}";
    double observed = value(duration);
    for (int id = 1; id <= 3; id++) {
      get(service.baseUrl() + "/cohorts/manifest/" + id);
    }

    assertIncreased(before, 3, () -> requests(operation, 400));
    assertIncreased(observed, 3, () -> value(duration));
  }

  @Test
  void pathsOfClientsAreNotInTheMetrics() {
    double before = requests("unknown", 404);
    get(service.baseUrl() + "/of-a-client");
    get(service.baseUrl().resolve("/of-another-client").toString());
    Http.send("PATCH", service.baseUrl() + "/about", null, null, null);

    assertIncreased(before, 2, () -> requests("unknown", 404));
    assertThat(text()).doesNotContain("client\"", "PATCH");
  }

  @Test
  void refusedRequestsAreCounted() throws IOException {
    String about = "GET /v1/about HTTP/1.1\r\nHost: ";
    double wrongHost = requests("unknown", 421);
    double notHttp = requests("unknown", 400);
    double tooLarge = requests("POST /v1/cohorts", 413);
    send(about + "example.org");
    send(about + "localhost\r\nno colon");
    send("POST /v1/cohorts HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + (MAX_BODY + 1));

    assertIncreased(wrongHost, 1, () -> requests("unknown", 421));
    assertIncreased(notHttp, 1, () -> requests("unknown", 400));
    assertIncreased(tooLarge, 1, () -> requests("POST /v1/cohorts", 413));
  }

  @Test
  void rowsAndResultsAreCounted() {
    double rows = value("idc4j_rows_written_total");
    manifest(service.baseUrl().toString(), 7);
    manifest(service.baseUrl().toString(), 20);

    assertIncreased(rows, 27, () -> value("idc4j_rows_written_total"));
    assertThat(value("idc4j_results")).isEqualTo(1);
    // The rows are stored after the first page has been sent.
    assertIncreased(0, 1, () -> value("idc4j_results_bytes") > 0 ? 1 : 0);
    assertThat(value("idc4j_queries_running")).isZero();
    assertThat(value("idc4j_queries_queued")).isZero();
  }

  @Test
  void bothAddressesOfAServiceShareTheMetrics() {
    double before = requests("POST /v1" + MANIFEST, 202);
    assertThat(manifest(service.slowBaseUrl().toString(), 5).statusCode()).isEqualTo(202);

    assertIncreased(before, 1, () -> requests("POST /v1" + MANIFEST, 202));
  }

  @Test
  void metricsCanHaveAPortOfTheirOwn() throws IOException {
    try (ReferenceService other = builder().metricsPort(0).start()) {
      get(other.baseUrl() + "/about");

      assertThat(other.metricsUrl().getPort()).isNotEqualTo(other.baseUrl().getPort());
      String counted =
          "idc4j_http_requests_total{operation=\"GET /v1/about\",status=\"200\"} 1.0\n";
      assertIncreased(
          0, 1, () -> get(other.metricsUrl().toString()).body().contains(counted) ? 1 : 0);
      assertThat(get(other.metricsUrl().resolve("/v1/about").toString()).statusCode())
          .isEqualTo(404);
      assertThat(get(other.baseUrl().resolve("/metrics").toString()).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void anUnusablePortForTheMetricsIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertThatExceptionOfType(BindException.class)
          .isThrownBy(() -> builder().metricsPort(taken.getLocalPort()).start())
          .withMessageStartingWith("cannot listen on port " + taken.getLocalPort() + ": ");
    }
  }
}
