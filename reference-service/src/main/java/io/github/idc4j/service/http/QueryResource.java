package io.github.idc4j.service.http;

import io.github.idc4j.service.cohort.Cohort;
import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.engine.Sql;
import io.github.idc4j.service.query.Family;
import io.github.idc4j.service.query.Filters;
import io.github.idc4j.service.query.InvalidFiltersException;
import io.github.idc4j.service.query.Queries;
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
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Serves queries of cohorts, and the metadata of all instances. */
final class QueryResource {

  private static final Set<String> KEYS = Set.of("sql", "page_size");
  private static final Set<String> DICOM_METADATA_KEYS = Set.of("page_size");
  private static final String FAULT = "Encountered an error while attempting to get metadata.";
  private static final String IMPROPER = "Filters were improperly formatted.";

  private final Service service;
  private final Queries queries;
  private final Pages pages;

  QueryResource(Service service, Queries queries, Pages pages) {
    this.service = service;
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

  private CompletableFuture<Map<String, Object>> dicomMetadata(Request request)
      throws SQLException {
    request.requireKeys("key", DICOM_METADATA_KEYS);
    service.requireColumns(
        byName(service.catalogue().attributes().stream().filter(Attribute::dicomMetadata)),
        Filters.none(service.catalogue()));
    return pages.first(Family.DICOM_METADATA, request, queries.dicomMetadata(), Map.of());
  }

  private CompletableFuture<Map<String, Object>> preview(Request request) throws SQLException {
    service.requireNamed(request.caller(), FAULT);
    request.requireKeys("key", KEYS);
    JsonNode body = Json.body(request, service.quirks() ? FAULT : null);
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
    if (definition.path("name").asString("").isEmpty()) {
      throw ApiException.badRequest(
          "A name was not provided for this cohort. The cohort was not made.");
    }
    if (!body.has("queryFields")) {
      throw missingFields();
    }
    if (!body.path("queryFields").has("fields")) {
      throw ApiException.badRequest("Error while trying to obtain cohort objects.");
    }
    service.requireHarmless(definition.get("name"), definition.path("description"));
    List<Attribute> fields = fields(body.path("queryFields").get("fields"));
    Filters filters = filters(definition.get("filters"));
    Map<String, Object> echo = new TreeMap<>();
    definition.forEachEntry(echo::put);
    echo.put("filterSet", service.filterSet(filters.echoed()));
    return first(request, fields, filters, echo);
  }

  private CompletableFuture<Map<String, Object>> saved(Request request) throws SQLException {
    request.requireKeys("key", KEYS);
    service.requireNamed(request.caller());
    JsonNode body = Json.body(request, service.quirks() ? FAULT : null);
    if (!body.has("fields")) {
      throw missingFields();
    }
    List<Attribute> fields = fields(body.get("fields"));
    Cohort cohort = service.ownCohort(request.caller(), request.cohortId());
    Filters filters = service.filters(cohort);
    Map<String, Object> echo = new TreeMap<>();
    echo.put("cohort_id", cohort.id());
    echo.put("name", cohort.name());
    echo.put("description", cohort.description());
    echo.put("filterSet", service.filterSet(filters.asGiven()));
    return first(request, fields, filters, echo);
  }

  private CompletableFuture<Map<String, Object>> first(
      Request request, List<Attribute> fields, Filters filters, Map<String, Object> cohort)
      throws SQLException {
    service.requireColumns(byName(fields.stream()), filters);
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

  private Filters filters(JsonNode node) {
    try {
      return Filters.read(service.catalogue(), node);
    } catch (InvalidFiltersException e) {
      throw ApiException.badRequest(IMPROPER);
    }
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
          service.catalogue().attribute(name.asString("")).filter(Attribute::queryField);
      if (field.isEmpty()) {
        throw ApiException.badRequest(IMPROPER);
      }
      if (!field.get().table().isEmpty()) {
        fields.add(field.get());
      }
    }
    if (fields.isEmpty()) {
      throw service.quirks()
          ? ApiException.of(
              500,
              "[ERROR] During query job "
                  + UUID.randomUUID()
                  + ": [{'reason': 'invalidQuery', 'location': 'query', 'message': 'near"
                  + " \"FROM\": syntax error at [1:1]'}]")
          : ApiException.badRequest(
              "No fields were provided; 'fields' must name at least one field with a column.");
    }
    return fields;
  }
}
