package io.github.idc4j.service.http;

import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.engine.Dialect;
import io.github.idc4j.service.query.Counts;
import io.github.idc4j.service.query.Filters;
import io.github.idc4j.service.query.Outcome;
import io.github.idc4j.service.query.TooManyQueriesException;
import io.github.idc4j.service.query.Walks;
import io.github.idc4j.service.result.PageRows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Counts series by the values of attributes, for {@link ExplorePage} and other programs. */
final class CountsResource {

  private static final String FILTERS = "filters";
  private static final String ATTRIBUTE = "attribute";
  private static final String LIMIT = "limit";

  /** More attributes would be too many rows for the memory. */
  private static final int MAX_ATTRIBUTES = 20;

  private static final List<String> TOTALS = List.of("series", "patients", "instances", "bytes");

  private static final String PENDING =
      "The series have not been counted yet. Send the same request again.";

  /** All pages together have the limits of one user, apart from the users of version 1. */
  private static final String OWNER = "explore";

  private final String release;
  private final Catalogue catalogue;
  private final Dialect dialect;
  private final CohortDefinitions definitions;
  private final DataColumns columns;
  private final Counts counts;
  private final Walks walks;

  CountsResource(
      String release,
      Catalogue catalogue,
      Dialect dialect,
      CohortDefinitions definitions,
      DataColumns columns,
      Counts counts,
      Walks walks) {
    this.release = release;
    this.catalogue = catalogue;
    this.dialect = dialect;
    this.definitions = definitions;
    this.columns = columns;
    this.counts = counts;
    this.walks = walks;
  }

  /**
   * Begins to count all series, which is the first request of the page. The counts then run while
   * the browser loads the files of the page. The service does not count when it starts, because
   * many services have no users of the page, and the counts would slow down the first queries of
   * version 1.
   */
  void prepare() {
    if (!dialect.hasFreeQueries()) {
      return;
    }
    try {
      walks.begin(
          counts.of(Filters.none(catalogue), counts.standardAttributes(), Counts.MAX_VALUES),
          OWNER,
          0);
    } catch (TooManyQueriesException e) {
      // The response to the request for the counts contains the reason.
    }
  }

  List<Route> routes() {
    return List.of(Route.of("/explore/counts", false, Map.of("GET", this::counts)));
  }

  private CompletableFuture<Reply> counts(Request request) {
    if (!dialect.hasFreeQueries()) {
      throw ApiException.of(
          501,
          "This service does not count series, because its queries run in BigQuery, which bills"
              + " each query. Start a service without BigQuery to explore the data.");
    }
    request.requireKeys("parameter", Set.of(FILTERS, ATTRIBUTE, LIMIT));
    Filters filters = definitions.read(filters(request.first(FILTERS).orElse("{}")), null);
    columns.require(Map.of(), filters);
    List<Attribute> attributes = attributes(request);
    int limit = limit(request);
    UUID walk;
    try {
      walk = walks.begin(counts.of(filters, attributes, limit), OWNER, 0);
    } catch (TooManyQueriesException e) {
      throw ApiException.tooMany(e.getMessage());
    }
    return walks
        .await(walk, 0, Long.MAX_VALUE)
        .thenApplyAsync(outcome -> reply(request, outcome), request.heavyThreads());
  }

  private List<Attribute> attributes(Request request) {
    if (!request.query().containsKey(ATTRIBUTE)) {
      return counts.standardAttributes();
    }
    Map<String, Attribute> chosen = new LinkedHashMap<>();
    for (String name : request.query().get(ATTRIBUTE)) {
      chosen.put(
          name,
          catalogue
              .attribute(name)
              .filter(Attribute::filter)
              .orElseThrow(
                  () ->
                      ApiException.badRequest(
                          "There is no filter attribute "
                              + name
                              + ". GET /v1/attributes lists the attributes.")));
    }
    if (chosen.size() > MAX_ATTRIBUTES) {
      throw ApiException.badRequest(
          "The request has %d attributes, but this service counts at most %d at once. Send several requests."
              .formatted(chosen.size(), MAX_ATTRIBUTES));
    }
    columns.require(chosen);
    return List.copyOf(chosen.values());
  }

  private static int limit(Request request) {
    String text = request.first(LIMIT).orElse(Integer.toString(Counts.MAX_VALUES));
    if (!text.matches("[1-9]\\d{0,3}") || Integer.parseInt(text) > Counts.MAX_VALUES) {
      throw ApiException.badRequest(
          "Parameter limit must be a whole number from 1 to %d, not %s"
              .formatted(Counts.MAX_VALUES, text));
    }
    return Integer.parseInt(text);
  }

  private static JsonNode filters(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw ApiException.badRequest(
          "The parameter filters is not JSON. Its value must be an object, such as"
              + " {\"Modality\": [\"CT\"]}.");
    }
  }

  private Reply reply(Request request, Optional<Outcome> outcome) {
    if (outcome.isPresent() && outcome.get() instanceof Outcome.Finished finished) {
      request.resources().accept(finished.rows());
      try {
        return reply(read(finished));
      } catch (IOException | SQLException e) {
        throw new CompletionException(e);
      }
    }
    if (outcome.isPresent() && outcome.get() instanceof Outcome.Refused refused) {
      throw ApiException.badRequest(refused.reason());
    }
    if (outcome.isPresent() && outcome.get() instanceof Outcome.Failed failed) {
      throw ApiException.of(500, "The query failed: " + failed.reason());
    }
    return Reply.of(202, Map.of("message", PENDING));
  }

  /** Reads the rows, which are few. */
  private static JsonNode read(Outcome.Finished finished) throws IOException, SQLException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.write('[');
    PageRows rows = finished.rows().read(finished.from(), finished.to());
    for (Optional<ByteBuffer> some = rows.next(); some.isPresent(); some = rows.next()) {
      byte[] bytes = new byte[some.get().remaining()];
      some.get().get(bytes);
      json.writeBytes(bytes);
    }
    json.write(']');
    return Json.MAPPER.readTree(json.toByteArray());
  }

  private Reply reply(JsonNode rows) {
    Map<String, List<Map<String, JsonNode>>> byAttribute = new TreeMap<>();
    Map<String, JsonNode> totals = new LinkedHashMap<>();
    for (JsonNode row : rows) {
      if (row.get("attribute").isNull()) {
        TOTALS.forEach(key -> totals.put(key, row.get(key)));
      } else {
        byAttribute
            .computeIfAbsent(row.get("attribute").asString(), name -> new ArrayList<>())
            .add(Map.of("value", row.get("value"), "series", row.get("series")));
      }
    }
    return Reply.ok(Map.of("release", release, "totals", totals, "counts", byAttribute));
  }
}
