package io.github.idc4j.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.idc4j.service.query.Family;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A client that walks over the pages of a result, and can send each request to another service. Not
 * thread-safe.
 */
public final class Walk {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Preview preview;
  private final String idToken;
  private final IntSupplier pageSize;
  private final List<JsonNode> rows = new ArrayList<>();
  private JsonNode page = MissingNode.getInstance();
  private int pages;
  private String pageToken = "";
  private int status;
  private String message = "";

  /**
   * Creates a walk that has not begun.
   *
   * @param idToken the ID token of the user; null for an anonymous user
   * @param pageSize supplies the page size of each request
   */
  Walk(Preview preview, String idToken, IntSupplier pageSize) {
    this.preview = preview;
    this.idToken = idToken;
    this.pageSize = pageSize;
  }

  /**
   * Creates a walk over a manifest with the IDs and URLs of images. The walk has not begun.
   *
   * @param filters the filters that select the images, by name; empty for all images
   * @param idToken the ID token of the user; null for an anonymous user
   * @param pageSize the page size of each request
   */
  public static Walk ofImages(Map<String, List<Object>> filters, String idToken, int pageSize) {
    List<String> columns = List.of("Patient_ID", "SOPInstanceUID", "GCS_URL");
    return new Walk(new Preview(Family.MANIFEST, columns, filters), idToken, () -> pageSize);
  }

  /**
   * Sends the request for the first page.
   *
   * @param service the base URL of the service
   * @return this walk
   * @throws IOException if there is no response
   */
  public Walk begin(URI service) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(
                URI.create(service + preview.target() + "&page_size=" + pageSize.getAsInt()))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(preview.body())));
  }

  /**
   * Sends the request for the next page. After a timed-out response (202), this polls.
   *
   * @param service the base URL of the service
   * @return this walk
   * @throws IOException if there is no response
   */
  public Walk next(URI service) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(
            URI.create(
                service
                    + preview.path()
                    + "/nextPage?next_page="
                    + URLEncoder.encode(pageToken, UTF_8)
                    + "&page_size="
                    + pageSize.getAsInt())));
  }

  private Walk send(HttpRequest.Builder request) throws IOException, InterruptedException {
    if (idToken != null) {
      request.header("Authorization", "Bearer " + idToken);
    }
    HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
    JsonNode body = JsonMapper.shared().readTree(response.body());
    status = response.statusCode();
    message = body.path("message").asString("");
    if (status == 200) {
      page = body.path(preview.isManifest() ? "manifest" : "query_results");
      page.path(preview.isManifest() ? "json_manifest" : "json").forEach(rows::add);
      pages++;
      pageToken = body.path("next_page").asString("");
    } else if (status == 202) {
      JsonNode pending = preview.isManifest() ? body : body.path("query_info");
      pageToken = pending.path("next_page").asString("");
    }
    return this;
  }

  /** Returns whether the latest page is the last one. */
  public boolean isFinished() {
    return pages > 0 && pageToken.isEmpty();
  }

  /** Returns the status code of the latest response. */
  public int status() {
    return status;
  }

  /** Returns the message of the latest response; empty if it has none. */
  public String message() {
    return message;
  }

  /** Returns the number of pages so far. */
  public int pages() {
    return pages;
  }

  /** Returns the rows of all pages so far. */
  public List<JsonNode> rows() {
    return Collections.unmodifiableList(rows);
  }

  /** Returns the part of the latest page that contains its rows and their numbers. */
  JsonNode page() {
    return page;
  }

  /** Returns the page token of the next page; empty after the last page. */
  String pageToken() {
    return pageToken;
  }
}
