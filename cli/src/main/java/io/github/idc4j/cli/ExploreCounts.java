package io.github.idc4j.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The response of the endpoint beside version 1 that counts series. Only a reference service has
 * it.
 *
 * @param status the status code
 * @param body the body; a missing node if it is not JSON
 */
record ExploreCounts(int status, JsonNode body) {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** Each request waits for the query for some seconds. */
  private static final int MAX_POLLS = 100;

  private static final long POLL_MILLIS = 100;

  /**
   * Requests counts, and polls while the service is counting.
   *
   * @param parameters the parameters of the request
   * @throws UserException if the service does not respond
   */
  static ExploreCounts of(URI baseUrl, Map<String, String> parameters) throws UserException {
    String query =
        parameters.entrySet().stream()
            .map(
                parameter ->
                    parameter.getKey()
                        + "="
                        + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    String version = baseUrl.toString().replaceAll("/+$", "");
    URI counts = URI.create(version).resolve("explore/counts?" + query);
    try {
      HttpResponse<String> response = send(counts);
      return new ExploreCounts(response.statusCode(), json(response.body()));
    } catch (IOException e) {
      throw new UserException(
          ClientFailures.UNAVAILABLE,
          "cannot get the counts from %s: %s. Try again.".formatted(counts, e.getMessage()));
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

  /** Returns the body as JSON; a missing node if it is something else. */
  private static JsonNode json(String body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      return JsonMapper.shared().missingNode();
    }
  }

  /** Returns whether the response contains counts. */
  boolean areProvided() {
    return status == 200 && body.path("counts").isObject();
  }

  /** Returns why the service refused the request; empty if it does not have the endpoint. */
  Optional<String> refusal() {
    boolean explained = (status == 400 || status == 501) && body.path("message").isString();
    return explained ? Optional.of(body.path("message").stringValue()) : Optional.empty();
  }

  /** Returns the size of all images that were counted; empty if the service does not know it. */
  OptionalLong bytes() {
    JsonNode bytes = body.path("totals").path("bytes");
    return areProvided() && bytes.isNumber()
        ? OptionalLong.of(bytes.asLong())
        : OptionalLong.empty();
  }
}
