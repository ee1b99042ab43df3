package io.github.idc4j.cli;

import io.github.idc4j.cli.export.ValueCount;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The most common values of an attribute, from the endpoint beside version 1 that a reference
 * service has.
 *
 * @param values the values, most common first
 * @param problem why there are no values; empty if there are values
 */
record AttributeCounts(List<ValueCount> values, Optional<String> problem) {

  /** The maximum number of values that the endpoint returns. */
  static final int MAX = 1000;

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** Each request waits for the query for some seconds. */
  private static final int MAX_POLLS = 100;

  private static final long POLL_MILLIS = 100;

  /**
   * Requests the values.
   *
   * @param limit the maximum number of values, from 1 to {@link #MAX}
   * @throws UserException if the service does not respond
   */
  static AttributeCounts of(URI baseUrl, String attribute, int limit) throws UserException {
    String version = baseUrl.toString().replaceAll("/+$", "");
    URI counts =
        URI.create(version)
            .resolve(
                "explore/counts?attribute=%s&limit=%d"
                    .formatted(URLEncoder.encode(attribute, StandardCharsets.UTF_8), limit));
    try {
      return read(send(counts), attribute);
    } catch (IOException e) {
      throw new UserException(
          ClientFailures.UNAVAILABLE,
          "cannot get the values from %s: %s. Try again.".formatted(counts, e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException(ClientFailures.UNAVAILABLE, "interrupted.");
    }
  }

  private static HttpResponse<String> send(URI counts) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    HttpRequest request = HttpRequest.newBuilder(counts).timeout(TIMEOUT).build();
    for (int poll = 0; poll < MAX_POLLS; poll++) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 202) {
        return response;
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new IOException("the service is still counting");
  }

  private static AttributeCounts read(HttpResponse<String> response, String attribute) {
    JsonNode body = json(response.body());
    if (response.statusCode() == 200 && body.path("counts").isObject()) {
      List<ValueCount> values = new ArrayList<>();
      body.path("counts")
          .path(attribute)
          .forEach(
              count ->
                  values.add(
                      new ValueCount(
                          count.path("value").asString(null), count.path("series").asLong())));
      return new AttributeCounts(values, Optional.empty());
    }
    boolean explained =
        (response.statusCode() == 400 || response.statusCode() == 501)
            && body.path("message").isString();
    return new AttributeCounts(
        List.of(),
        Optional.of(
            explained
                ? body.path("message").stringValue()
                : "The service does not provide the values of attributes. A reference service (./idc4j"
                    + " serve) does."));
  }

  /** Returns the body as JSON; a missing node if it is something else. */
  private static JsonNode json(String body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      return JsonMapper.shared().missingNode();
    }
  }
}
