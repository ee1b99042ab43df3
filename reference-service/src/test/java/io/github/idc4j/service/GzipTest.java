package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.data.SampleSize;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client on another host is one behind the trusted proxy 127.0.0.1. */
class GzipTest {

  private static final String PAGE = "/v1/dicomMetadata?page_size=2500";

  @TempDir static Path home;

  private static ReferenceService service;

  @BeforeAll
  static void start() throws IOException {
    service =
        ReferenceService.builder()
            .dataFolder(home)
            .sampleSize(new SampleSize(Map.of("nlst", 3), 3000))
            .trustedProxies("127.0.0.1")
            .start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(service.baseUrl().resolve(path));
  }

  private static HttpRequest.Builder remote(String path) {
    return request(path).header("X-Forwarded-For", "192.0.2.7");
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> compressed(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return send(request.header("Accept-Encoding", "gzip"));
  }

  private static void assertPlain(HttpResponse<byte[]> response) {
    assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(response.body()).startsWith('{');
  }

  /** Pages without a following page have no token, which would be different each time. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/attributes",
        "/v1/dicomMetadata?page_size=5000",
        "/v1/swagger/swagger-ui.css",
        "/explore/explore.js"
      })
  void largeResponsesToOtherHostsAreCompressed(String path)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> plain = send(remote(path));
    HttpResponse<byte[]> response = compressed(remote(path));

    assertThat(response.statusCode()).isEqualTo(200).isEqualTo(plain.statusCode());
    assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(response.headers().allValues("Vary")).contains("Accept-Encoding");
    assertThat(response.body().length).isLessThan(plain.body().length);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes())
        .isEqualTo(plain.body());
  }

  @Test
  void clientsThatDoNotAcceptItGetPlainText() throws IOException, InterruptedException {
    assertPlain(send(remote(PAGE)));
    assertPlain(send(remote(PAGE).header("Accept-Encoding", "gzip;q=0")));
    assertPlain(send(remote(PAGE).header("Accept-Encoding", "br")));
  }

  @Test
  void smallResponsesAndThoseToThisHostAreNotCompressed() throws IOException, InterruptedException {
    assertPlain(compressed(remote("/v1/about")));
    assertPlain(compressed(request(PAGE)));
  }

  @Test
  void headHasNoBody() throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        compressed(remote(PAGE).method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void compressedRequestsAreNotExpanded() throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
      gzip.write(new byte[100 << 20]);
    }

    HttpResponse<byte[]> response =
        send(
            remote("/v1/cohorts/manifest/preview?Patient_ID=True")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));

    assertThat(response.statusCode()).isEqualTo(400);
  }
}
