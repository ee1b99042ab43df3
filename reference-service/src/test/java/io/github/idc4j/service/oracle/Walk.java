package io.github.idc4j.service.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fetches the pages of a request over HTTP, and compares them with the expected rows. */
final class Walk {

  /** A result with more rows is walked only in part. */
  private static final int MAX_ROWS = 20_000;

  private static final int MAX_PAGES = 3;
  private static final int MAX_PAGE_SIZE = 5_000;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI baseUrl;
  private final Random random;

  Walk(URI baseUrl, Random random) {
    this.baseUrl = baseUrl;
    this.random = random;
  }

  /**
   * Returns the first difference between the pages of a result and the expected rows; empty if they
   * are equal. Compares all rows of most results, and three pages of a result with more than {@link
   * #MAX_ROWS} rows.
   */
  Optional<String> difference(Preview request, ExpectedRows expected)
      throws IOException, InterruptedException {
    String target = request.target() + "&page_size=" + pageSize(expected);
    HttpRequest first =
        HttpRequest.newBuilder(URI.create(baseUrl + target))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(request.body()))
            .build();
    JsonNode page = send(first, request, expected);
    int row = 0;
    for (int pages = 1; ; pages++) {
      JsonNode part = page.path(request.isManifest() ? "manifest" : "query_results");
      JsonNode rows = part.path(request.isManifest() ? "json_manifest" : "json");
      if (part.path("totalFound").asInt(-1) != expected.count()
          || part.path("rowsReturned").asInt(-1) != rows.size()) {
        return Optional.of(
            "page %d should have totalFound %d and rowsReturned %d, but has %s and %s"
                .formatted(
                    pages,
                    expected.count(),
                    rows.size(),
                    part.path("totalFound"),
                    part.path("rowsReturned")));
      }
      for (JsonNode seen : rows) {
        Optional<String> difference = expected.difference(row, seen);
        if (difference.isPresent()) {
          return difference;
        }
        row++;
      }
      String token = page.path("next_page").asString("");
      if (token.isEmpty() != (row == expected.count()) || (rows.isEmpty() && !token.isEmpty())) {
        return Optional.of(
            "page %d ends after row %d of %d, and its next_page is '%s'"
                .formatted(pages, row, expected.count(), token));
      }
      if (token.isEmpty() || (expected.count() > MAX_ROWS && pages == MAX_PAGES)) {
        return Optional.empty();
      }
      page = send(next(request, token, expected), request, expected);
    }
  }

  private int pageSize(ExpectedRows expected) {
    int rows = expected.count();
    return 1 + (rows > MAX_ROWS ? random.nextInt(MAX_PAGE_SIZE) : rows / (1 + random.nextInt(5)));
  }

  private HttpRequest next(Preview request, String token, ExpectedRows expected) {
    return HttpRequest.newBuilder(
            URI.create(
                baseUrl
                    + request.path()
                    + "/nextPage?next_page="
                    + URLEncoder.encode(token, UTF_8)
                    + "&page_size="
                    + pageSize(expected)))
        .build();
  }

  /** Sends a request for a page, and polls while the query is pending. */
  private JsonNode send(HttpRequest http, Preview request, ExpectedRows expected)
      throws IOException, InterruptedException {
    HttpRequest sent = http;
    while (true) {
      HttpResponse<String> response = this.http.send(sent, BodyHandlers.ofString());
      JsonNode body = JsonMapper.shared().readTree(response.body());
      if (response.statusCode() == 200) {
        return body;
      }
      if (response.statusCode() != 202) {
        throw new IOException(response.statusCode() + ": " + response.body());
      }
      String token =
          (request.isManifest() ? body : body.path("query_info")).path("next_page").asString("");
      sent = next(request, token, expected);
    }
  }
}
