package io.github.idc4j.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that walks over a manifest, and can send each request to another service. */
final class Walk {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final String filters;
  private final String token;
  private final int pageSize;
  private final List<JsonNode> rows = new ArrayList<>();
  private String next;
  private int status;
  private String message = "";
  private int pages;

  /**
   * Creates a walk that has not begun.
   *
   * @param token the ID token of the user; null for an anonymous user
   */
  Walk(String filters, String token, int pageSize) {
    this.filters = filters;
    this.token = token;
    this.pageSize = pageSize;
  }

  /** Sends the request for the first page. */
  Walk begin(URI service) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(
                URI.create(
                    service
                        + "/cohorts/manifest/preview?SOPInstanceUID=True&Patient_ID=True&GCS_URL=True"
                        + "&page_size="
                        + pageSize))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"name\":\"n\",\"description\":\"d\",\"filters\":" + filters + "}")));
  }

  /** Sends the request for the next page. */
  Walk next(URI service) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(
            URI.create(
                service
                    + "/cohorts/manifest/nextPage?page_size="
                    + pageSize
                    + "&next_page="
                    + URLEncoder.encode(next, StandardCharsets.UTF_8))));
  }

  private Walk send(HttpRequest.Builder request) throws IOException, InterruptedException {
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response =
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    JsonNode body = JsonMapper.shared().readTree(response.body());
    status = response.statusCode();
    message = body.path("message").asString("");
    if (status == 200) {
      body.at("/manifest/json_manifest").forEach(rows::add);
      pages++;
    }
    if (status < 300) {
      next = body.get("next_page").asString();
    }
    return this;
  }

  /** Sends the requests for all pages that are left. */
  Walk finish(URI service) throws IOException, InterruptedException {
    while (!isFinished()) {
      next(service);
      assertThat(status).as(message).isEqualTo(200);
    }
    return this;
  }

  boolean isFinished() {
    return next.isEmpty();
  }

  /** Returns the status code of the latest response. */
  int status() {
    return status;
  }

  /** Returns the message of the latest response; empty if it has none. */
  String message() {
    return message;
  }

  int pages() {
    return pages;
  }

  List<JsonNode> rows() {
    return rows;
  }
}
