package io.github.idc4j.service.http;

import io.github.idc4j.service.cohort.Cohort;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.query.Filters;
import io.github.idc4j.service.query.InvalidFiltersException;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Reads the name, the description and the filters of a cohort, and shows them in responses. */
final class CohortDefinitions {

  /** The maximum number of characters in a name or a description. */
  private static final int MAX_TEXT = 10_000;

  private final Catalogue catalogue;
  private final Database database;
  private final Rules rules;
  private final RequestLimits limits;

  CohortDefinitions(Catalogue catalogue, Database database, Rules rules, RequestLimits limits) {
    this.catalogue = catalogue;
    this.database = database;
    this.rules = rules;
    this.limits = limits;
  }

  /**
   * Reads the filters of a request whose body is the definition of a cohort. Checks the definition
   * in the order of the deployed service.
   *
   * @param improper the error message for invalid filters; null for a message that says what is
   *     wrong with them
   */
  Filters filters(JsonNode body, String improper) {
    if (!body.has("filters")) {
      throw ApiException.badRequest(
          "No filters were provided; ensure that the request body contains a 'filters' property.");
    }
    Filters filters = read(body.get("filters"), improper);
    if (!body.has("name")) {
      throw noName();
    }
    requireHarmless(body);
    return filters;
  }

  /** Reads filters. The parameter {@code improper} is that of {@link #filters}. */
  Filters read(JsonNode filters, String improper) {
    Filters read;
    try {
      read = Filters.read(catalogue, filters);
    } catch (InvalidFiltersException e) {
      throw ApiException.badRequest(improper == null ? e.getMessage() : improper);
    }
    requireFewValues(read);
    return read;
  }

  private void requireFewValues(Filters filters) {
    filters
        .asGiven()
        .forEach(
            (name, values) -> {
              if (values.size() > limits.filterValues()) {
                throw ApiException.badRequest(
                    "The filter %s has %,d values, but this service allows %,d. Send several requests."
                        .formatted(name, values.size(), limits.filterValues()));
              }
            });
  }

  static ApiException noName() {
    return ApiException.badRequest(
        "A name was not provided for this cohort. The cohort was not made.");
  }

  /**
   * Refuses a definition whose name or description is too long, or one that a web page could run as
   * a script.
   */
  void requireHarmless(JsonNode definition) {
    requireHarmless("name", definition.path("name"));
    if (definition.hasNonNull("description")) {
      requireHarmless("description", definition.get("description"));
    }
  }

  private void requireHarmless(String what, JsonNode text) {
    int length = text.asString("").length();
    if (length > MAX_TEXT) {
      throw ApiException.badRequest(
          "The %s has %,d characters, but this service allows %,d."
              .formatted(what, length, MAX_TEXT));
    }
    rules.requireHarmless(text);
  }

  /**
   * Returns the filters of a saved cohort. The filters are valid, because the service validates
   * them when it saves a cohort.
   */
  Filters filters(Cohort cohort) {
    try {
      return rules.saved(Filters.read(catalogue, Json.MAPPER.readTree(cohort.filters())));
    } catch (InvalidFiltersException e) {
      throw new IllegalStateException("Cohort " + cohort.id() + " has bad filters", e);
    }
  }

  /** Returns the filters that a request uses. The service can't print the SQL of all filters. */
  Filters used(Request request, Filters filters) {
    return request.isTrue("sql") ? rules.printed(filters) : filters;
  }

  /** Returns the value of {@code filterSet} in a response. */
  Map<String, Object> filterSet(Object filters) {
    return new TreeMap<>(
        Map.of("filters", filters, "idc_data_version", database.activeVersion().number()));
  }

  /** Returns a saved cohort as responses show it. */
  Map<String, Object> shown(Cohort cohort, Filters filters) {
    Map<String, Object> shown = new TreeMap<>();
    shown.put("cohort_id", cohort.id());
    shown.put("name", cohort.name());
    shown.put("description", cohort.description());
    shown.put("filterSet", filterSet(filters.asGiven()));
    return shown;
  }
}
