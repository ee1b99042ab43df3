package io.github.idc4j.postgresql;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests to a service under test. */
final class Http {

  /** A definition of a cohort. */
  static final String COHORT = "{\"name\":\"%s\",\"description\":\"\",\"filters\":{}}";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Http() {}

  /** Sends a request; without a body or a token if they are null. */
  static HttpResponse<String> send(
      URI service, String method, String path, String body, String token)
      throws IOException, InterruptedException {
    return CLIENT.send(
        request(service, method, path, body, token), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends a request without a body, and does not wait for the response. */
  static CompletableFuture<HttpResponse<String>> get(URI service, String path, String token) {
    return CLIENT.sendAsync(
        request(service, "GET", path, null, token), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest request(
      URI service, String method, String path, String body, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request.build();
  }

  /** Returns the JSON of a response with 200. */
  static JsonNode json(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return JsonMapper.shared().readTree(response.body());
  }
}
