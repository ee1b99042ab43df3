package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class OperationTest {

  @TempDir static Path home;

  private static ReferenceService service;

  @BeforeAll
  static void start() throws IOException {
    service =
        ReferenceService.builder()
            .dataFolder(home)
            .sampleSize(new SampleSize(Map.of("nlst", 3), 50))
            .start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static HttpResponse<String> get(String path, String id)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(service.baseUrl().resolve(path));
    if (id != null) {
      request.header("X-Request-Id", id);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String id(HttpResponse<String> response) {
    return response.headers().firstValue("X-Request-Id").orElseThrow();
  }

  @Test
  void aServiceReportsThatItWorks() throws IOException, InterruptedException {
    assertThat(get("/health", null).body()).contains("\"status\":\"UP\"");
    JsonNode ready = JsonMapper.shared().readTree(get("/ready", null).body());
    assertThat(ready.get("status").asString()).isEqualTo("UP");
    assertThat(ready.get("instances").asInt()).isEqualTo(50);
  }

  @Test
  void aResponseHasTheIdOfItsRequest() throws IOException, InterruptedException {
    assertThat(id(get("/v1/about", "trace-7.a_B"))).isEqualTo("trace-7.a_B");
    assertThat(id(get("/v1/about", "a b"))).isNotEqualTo("a b");
    assertThat(id(get("/v1/about", null))).isNotEqualTo(id(get("/v1/about", null)));
    assertThat(id(get("/v1/cohorts", "failed"))).isEqualTo("failed");
  }

  @Test
  void aRequestIsLoggedInOneLineWithoutItsParameters() throws IOException, InterruptedException {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Logger logger = Logger.getLogger("io.github.idc4j.requests");
    Handler handler =
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
    logger.addHandler(handler);
    try {
      HttpResponse<String> response =
          get("/v1/cohorts/manifest/nextPage?next_page=secret", "logged");
      String text = lines.take();
      assertThat(text).doesNotContain("secret", "\n");
      JsonNode line = JsonMapper.shared().readTree(text);
      assertThat(line.get("id").asString()).isEqualTo("logged");
      assertThat(line.get("method").asString()).isEqualTo("GET");
      assertThat(line.get("path").asString()).isEqualTo("/v1/cohorts/manifest/nextPage");
      assertThat(line.get("status").asInt()).isEqualTo(response.statusCode()).isEqualTo(400);
      assertThat(line.get("bytes").asInt()).isEqualTo(response.body().length());
      assertThat(line.get("ms").isIntegralNumber()).isTrue();
    } finally {
      logger.removeHandler(handler);
    }
  }
}
