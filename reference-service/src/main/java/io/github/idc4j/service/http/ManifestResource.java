package io.github.idc4j.service.http;

import io.github.idc4j.service.cohort.Cohort;
import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.InstanceColumns;
import io.github.idc4j.service.data.ManifestColumn;
import io.github.idc4j.service.engine.Query;
import io.github.idc4j.service.query.Family;
import io.github.idc4j.service.query.Filters;
import io.github.idc4j.service.query.Queries;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Serves manifests of cohorts. */
final class ManifestResource {

  private static final String FAULT =
      "Encountered an error while attempting to retrieve this cohort's manifest.";

  private final Catalogue catalogue;
  private final Ownership ownership;
  private final CohortDefinitions definitions;
  private final DataColumns dataColumns;
  private final Rules rules;
  private final Queries queries;
  private final Pages pages;
  private final InstanceColumns instanceColumns;
  private final Set<String> keys;

  ManifestResource(
      Catalogue catalogue,
      Ownership ownership,
      CohortDefinitions definitions,
      DataColumns dataColumns,
      Rules rules,
      Queries queries,
      Pages pages,
      InstanceColumns instanceColumns) {
    this.catalogue = catalogue;
    this.ownership = ownership;
    this.definitions = definitions;
    this.dataColumns = dataColumns;
    this.rules = rules;
    this.queries = queries;
    this.pages = pages;
    this.instanceColumns = instanceColumns;
    this.keys =
        Stream.concat(
                catalogue.manifestColumns().stream().map(ManifestColumn::key),
                Stream.of("sql", "page_size"))
            .collect(Collectors.toUnmodifiableSet());
  }

  List<Route> routes() {
    return List.of(
        Route.of("/v1/cohorts/manifest/preview", true, Map.of("POST", this::preview)),
        Route.of("/v1/cohorts/manifest/{cohort_id}", true, Map.of("GET", this::saved)),
        Route.of(
            "/v1/cohorts/manifest/nextPage",
            true,
            Map.of("GET", request -> pages.next(Family.MANIFEST, request))));
  }

  private CompletableFuture<Reply> preview(Request request) throws SQLException {
    Ownership.requireNamed(request.caller(), FAULT);
    JsonNode body = Json.body(request, rules, FAULT);
    Filters read = definitions.filters(body, null);
    List<ManifestColumn> columns = columns(request);
    if (!body.has("description")) {
      throw ApiException.badRequest("Error while trying to obtain cohort objects.");
    }
    Filters filters = definitions.used(request, read);
    Map<String, Object> cohort = new TreeMap<>();
    cohort.put("name", body.get("name"));
    cohort.put("description", body.get("description"));
    cohort.put("filterSet", definitions.filterSet(rules.echoed(filters)));
    return first(request, columns, filters, cohort);
  }

  private CompletableFuture<Reply> saved(Request request) throws SQLException {
    Ownership.requireNamed(request.caller(), 500);
    List<ManifestColumn> columns = columns(request);
    Cohort saved = ownership.own(request.caller(), request.cohortId());
    Filters filters = definitions.used(request, definitions.filters(saved));
    return first(request, columns, filters, definitions.shown(saved, filters));
  }

  private CompletableFuture<Reply> first(
      Request request, List<ManifestColumn> columns, Filters filters, Map<String, Object> cohort)
      throws SQLException {
    Map<String, Attribute> shown = new LinkedHashMap<>();
    columns.stream()
        .filter(column -> !isListed(column))
        .forEach(column -> shown.put(column.key(), column.attribute()));
    dataColumns.require(shown, filters);
    requireOrder(columns);
    rules.requireRunnable(filters);
    Query query = queries.manifest(columns, filters);
    cohort.put("sql", request.isTrue("sql") ? query.shown() : "");
    return pages.first(Family.MANIFEST, request, query, Map.of("cohort", cohort));
  }

  private boolean isListed(ManifestColumn column) {
    return instanceColumns.expression(column.attribute()).isPresent();
  }

  /**
   * Refuses columns of the instances in another order than that of the URLs. A page in another
   * order could not be computed without listing all series first.
   */
  private void requireOrder(List<ManifestColumn> columns) {
    ManifestColumn last = columns.get(columns.size() - 1);
    if (columns.stream().anyMatch(this::isListed)
        && !last.attribute().name().equals(InstanceColumns.ORDER)) {
      throw ApiException.badRequest(
          "This service lists %1$s from the buckets, one page at a time. It cannot sort rows by %1$s, because this would require a listing of all series. Add GCS_URL=True, so that the rows are sorted by GCS_URL."
              .formatted(last.key()));
    }
  }

  private List<ManifestColumn> columns(Request request) {
    List<ManifestColumn> columns =
        catalogue.manifestColumns().stream()
            .filter(column -> request.isTrue(column.key()))
            .toList();
    if (columns.isEmpty()) {
      throw ApiException.badRequest("[ERROR] get_manifest(): Error trying to preview a cohort");
    }
    request.requireKeys("key", keys);
    return columns;
  }
}
