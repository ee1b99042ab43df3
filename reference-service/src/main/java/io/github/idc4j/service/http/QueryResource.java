package io.github.idc4j.service.http;

import io.github.idc4j.service.cohort.Cohort;
import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.engine.Sql;
import io.github.idc4j.service.query.Family;
import io.github.idc4j.service.query.Filters;
import io.github.idc4j.service.query.Queries;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Serves queries of cohorts, and the metadata of all instances. */
final class QueryResource {

  private static final Set<String> KEYS = Set.of("sql", "page_size");
  private static final Set<String> DICOM_METADATA_KEYS = Set.of("page_size");
  private static final String FAULT = "Encountered an error while attempting to get metadata.";
  static final String IMPROPER = "Filters were improperly formatted.";

  private final Catalogue catalogue;
  private final Ownership ownership;
  private final CohortDefinitions definitions;
  private final DataColumns columns;
  private final Rules rules;
  private final Queries queries;
  private final Pages pages;

  QueryResource(
      Catalogue catalogue,
      Ownership ownership,
      CohortDefinitions definitions,
      DataColumns columns,
      Rules rules,
      Queries queries,
      Pages pages) {
    this.catalogue = catalogue;
    this.ownership = ownership;
    this.definitions = definitions;
    this.columns = columns;
    this.rules = rules;
    this.queries = queries;
    this.pages = pages;
  }

  List<Route> routes() {
    return List.of(
        Route.of("/v1/cohorts/query/preview", false, Map.of("POST", this::preview)),
        Route.of("/v1/cohorts/query/{cohort_id}", false, Map.of("POST", this::saved)),
        Route.of(
            "/v1/cohorts/query/nextPage",
            false,
            Map.of("GET", request -> pages.next(Family.QUERY, request))),
        Route.of("/v1/dicomMetadata", false, Map.of("GET", this::dicomMetadata)),
        Route.of(
            "/v1/dicomMetadata/nextPage",
            false,
            Map.of("GET", request -> pages.next(Family.DICOM_METADATA, request))));
  }

  private CompletableFuture<Reply> dicomMetadata(Request request) throws SQLException {
    request.requireKeys("key", DICOM_METADATA_KEYS);
    columns.require(
        byName(catalogue.attributes().stream().filter(Attribute::dicomMetadata)),
        Filters.none(catalogue));
    return pages.first(Family.DICOM_METADATA, request, queries.dicomMetadata(), Map.of());
  }

  private CompletableFuture<Reply> preview(Request request) throws SQLException {
    Ownership.requireNamed(request.caller(), FAULT);
    JsonNode body = Json.body(request, rules, FAULT);
    JsonNode definition = body.path("cohort_def");
    if (!definition.isObject()) {
      throw ApiException.badRequest(
          "No cohort_def provided; ensure that the request body contains a 'cohort_dev'"
              + " component.");
    }
    if (!definition.has("filters")) {
      throw ApiException.badRequest(
          "No filters were provided; ensure that the cohort_def contains a 'filterSet'"
              + " component.");
    }
    if (!body.has("queryFields")) {
      throw missingFields();
    }
    Filters read = definitions.read(definition.get("filters"), IMPROPER);
    JsonNode queryFields = body.get("queryFields");
    if (!queryFields.isObject()) {
      throw ApiException.badRequest(IMPROPER);
    }
    List<Attribute> fields = queryFields.has("fields") ? fields(queryFields.get("fields")) : null;
    rules.requireTexts(definition.path("name"), definition.path("description"));
    if (definition.path("name").asString("").isEmpty()) {
      throw CohortDefinitions.noName();
    }
    definitions.requireHarmless(definition);
    request.requireKeys("key", KEYS);
    if (fields == null) {
      throw ApiException.badRequest("Error while trying to obtain cohort objects.");
    }
    Filters filters = definitions.used(request, read);
    Map<String, Object> echo = new TreeMap<>();
    definition.forEachEntry(
        (key, value) -> echo.put(key, Json.MAPPER.treeToValue(value, Object.class)));
    echo.put("filterSet", definitions.filterSet(rules.echoed(filters)));
    return first(request, fields, filters, echo);
  }

  private CompletableFuture<Reply> saved(Request request) throws SQLException {
    Ownership.requireNamed(request.caller(), FAULT);
    JsonNode body = Json.body(request, rules, FAULT);
    if (!body.has("fields")) {
      throw missingFields();
    }
    List<Attribute> fields = fields(body.get("fields"));
    request.requireKeys("key", KEYS);
    Cohort cohort = ownership.own(request.caller(), request.cohortId());
    Filters filters = definitions.used(request, definitions.filters(cohort));
    return first(request, fields, filters, definitions.shown(cohort, filters));
  }

  private CompletableFuture<Reply> first(
      Request request, List<Attribute> fields, Filters filters, Map<String, Object> cohort)
      throws SQLException {
    columns.require(byName(fields.stream()), filters);
    if (fields.isEmpty()) {
      throw rules.noColumns();
    }
    rules.requireRunnable(filters);
    Sql sql = queries.fields(fields, filters);
    cohort.put("sql", request.isTrue("sql") ? sql.shown() : "");
    return pages.first(Family.QUERY, request, sql, Map.of("cohort_def", cohort));
  }

  private static Map<String, Attribute> byName(Stream<Attribute> attributes) {
    Map<String, Attribute> byName = new LinkedHashMap<>();
    attributes.forEach(attribute -> byName.put(attribute.name(), attribute));
    return byName;
  }

  private static ApiException missingFields() {
    return ApiException.badRequest(
        "No queryFields provided; ensure that the request body contains a 'queryFields'"
            + " component.");
  }

  /**
   * Returns those fields that have a column. Refuses names that are not query fields of the
   * contract.
   */
  private List<Attribute> fields(JsonNode names) {
    if (!names.isArray()) {
      throw ApiException.badRequest(IMPROPER);
    }
    List<Attribute> fields = new ArrayList<>();
    for (JsonNode name : names) {
      Optional<Attribute> field =
          catalogue.attribute(name.asString("")).filter(Attribute::queryField);
      if (field.isEmpty()) {
        throw ApiException.badRequest(IMPROPER);
      }
      if (!field.get().table().isEmpty()) {
        fields.add(field.get());
      }
    }
    return fields;
  }
}
