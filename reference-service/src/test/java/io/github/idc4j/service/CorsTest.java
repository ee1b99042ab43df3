package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that web pages of other origins can read responses only if the service allows CORS. */
class CorsTest {

  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  @TempDir private Path home;

  private HttpResponse<String> send(ReferenceService service, String method, String... headers)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(service.baseUrl() + "/cohorts"))
                .headers(headers)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
  }

  private ReferenceServiceBuilder service() {
    return ReferenceService.builder()
        .dataFolder(home)
        .sampleSize(new SampleSize(Map.of("nlst", 1), 10));
  }

  @Test
  void letsPagesOfAnyOriginReadAnswersAndErrors() throws IOException, InterruptedException {
    try (ReferenceService service = service().cors(true).start()) {
      String bearer = "Bearer " + service.issueToken("alice@example.org");
      HttpResponse<String> answer = send(service, "GET", "Origin", "null", "Authorization", bearer);
      HttpResponse<String> error = send(service, "GET", "Origin", "null");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue(ALLOW_ORIGIN)).contains("*");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
      assertThat(error.statusCode()).isEqualTo(400);
      assertThat(error.headers().firstValue(ALLOW_ORIGIN)).contains("*");
    }
  }

  @Test
  void answersWhatABrowserAsksFirst() throws IOException, InterruptedException {
    try (ReferenceService service = service().cors(true).start()) {
      HttpResponse<String> answer =
          send(
              service,
              "OPTIONS",
              "Origin",
              "null",
              "Access-Control-Request-Method",
              "DELETE",
              "Access-Control-Request-Headers",
              "authorization,content-type");
      HttpResponse<String> plain = send(service, "OPTIONS", "Origin", "null");

      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(answer.headers().firstValue(ALLOW_ORIGIN)).contains("*");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
          .contains("GET", "POST", "DELETE");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
          .contains("Authorization, Content-Type");
      assertThat(plain.statusCode()).isEqualTo(200);
      assertThat(plain.headers().firstValue("Allow")).isPresent();
    }
  }

  @Test
  void pagesOfOtherOriginsCannotReadTheMetrics() throws IOException, InterruptedException {
    try (ReferenceService service = service().cors(true).start()) {
      HttpResponse<String> metrics =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(service.metricsUrl()).header("Origin", "null").build(),
                  BodyHandlers.ofString());

      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.headers().firstValue(ALLOW_ORIGIN)).isEmpty();
    }
  }

  @Test
  void saysNothingOfOriginsUnlessTold() throws IOException, InterruptedException {
    try (ReferenceService service = service().start()) {
      HttpResponse<String> answer = send(service, "GET", "Origin", "null");

      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
    }
  }

  @Test
  void servesPagesOfTheRetiredServiceToo() throws IOException, InterruptedException {
    try (ReferenceService service = ReferenceService.builder().retired(true).cors(true).start()) {
      HttpResponse<String> answer = send(service, "GET", "Origin", "null");

      assertThat(answer.statusCode()).isEqualTo(410);
      assertThat(answer.headers().firstValue(ALLOW_ORIGIN)).contains("*");
    }
  }
}
