package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Caller;
import io.github.idc4j.service.cohort.Account;
import io.github.idc4j.service.cohort.Cohort;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.query.Filters;
import io.github.idc4j.service.query.InvalidFiltersException;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Lists, saves and deletes cohorts of the caller. */
final class CohortsResource {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("dd-MM-yyyy HH:mm").withZone(ZoneOffset.UTC);
  private static final String NOT_CREATED =
      "Cohort information was improperly formatted - cohort not created.";
  private static final String NOT_SAVED = "There was an error saving your cohort.";
  private static final String NOT_DELETED = "Error while deleting cohort";
  private static final String IDENTIFIERS =
      "The entries of 'cohorts' must be integers from 0 to " + Long.MAX_VALUE + ".";
  private static final String FAULT =
      "Encountered an error while attempting to create this cohort.";

  private final Service service;
  private final Clock clock;

  CohortsResource(Service service, Clock clock) {
    this.service = service;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
            "/v1/cohorts",
            true,
            Map.of(
                "GET",
                Handler.of(this::list),
                "POST",
                Handler.of(this::create),
                "DELETE",
                Handler.of(this::deleteSeveral))),
        Route.of("/v1/cohorts/{cohort_id}", true, Map.of("DELETE", Handler.of(this::deleteOne))));
  }

  private Map<String, Object> list(Request request) throws SQLException {
    service.requireNamed(request.caller());
    Account owner =
        account(request.caller())
            .orElseThrow(
                () ->
                    ApiException.badRequest(
                        "There was an error while trying to obtain the list of cohorts. Please"
                            + " contact the administrator for help."));
    List<Map<String, Object>> cohorts = new ArrayList<>();
    for (Cohort cohort : service.cohorts().of(owner.email())) {
      Map<String, Object> entry = properties(cohort);
      entry.put("owner", owner.name());
      entry.put("permission", "OWNER");
      cohorts.add(entry);
    }
    return Map.of("code", 200, "cohorts", cohorts);
  }

  private Map<String, Object> create(Request request) throws SQLException {
    service.requireNamed(request.caller());
    JsonNode body = Json.body(request, service.quirks() ? FAULT : null);
    if (!body.has("name")) {
      throw ApiException.badRequest(
          "A name was not provided for this cohort. The cohort was not made.");
    }
    if (!body.has("filters")) {
      throw ApiException.badRequest(
          "No filters were provided; ensure that the request body contains a 'filters' property.");
    }
    service.requireHarmless(body.path("name"), body.path("description"));
    Filters filters;
    try {
      filters = Filters.read(service.catalogue(), body.get("filters"));
    } catch (InvalidFiltersException e) {
      throw ApiException.badRequest(NOT_CREATED);
    }
    service.requireColumns(Map.of(), filters);
    boolean unsavable =
        !body.has("description")
            || account(request.caller()).isEmpty()
            || (service.quirks() && filters.hasRangesOnly());
    if (unsavable) {
      if (service.quirks()) {
        return Map.of("code", 200, "cohort_properties", Map.of("code", 400, "message", NOT_SAVED));
      }
      throw ApiException.badRequest(
          body.has("description")
              ? NOT_SAVED + " Its owner must have signed in."
              : NOT_SAVED + " The request body must contain a 'description'; it may be empty.");
    }
    String name = body.get("name").asString(body.get("name").toString());
    String description = body.get("description").asString("");
    Cohort cohort =
        service
            .cohorts()
            .save(
                request.caller().name(),
                name.isEmpty() ? "Cohort created on " + MINUTE.format(clock.instant()) : name,
                description.isEmpty() ? null : description,
                Json.MAPPER.writeValueAsString(filters.asGiven()));
    return Map.of("code", 200, "cohort_properties", properties(cohort));
  }

  private Map<String, Object> deleteSeveral(Request request) throws SQLException {
    service.requireNamed(request.caller());
    List<BigInteger> ids = new ArrayList<>();
    try {
      JsonNode listed = Json.body(request, null).path("cohorts");
      if (!listed.isArray()) {
        throw ApiException.badRequest("The request body must contain a list 'cohorts'.");
      }
      for (JsonNode id : listed) {
        if (!id.isIntegralNumber() || (id.bigIntegerValue().signum() < 0 && !service.quirks())) {
          throw ApiException.badRequest(IDENTIFIERS);
        }
        ids.add(id.bigIntegerValue());
      }
    } catch (ApiException e) {
      throw service.quirks() ? ApiException.of(500, FAULT) : e;
    }
    if (ids.stream().anyMatch(id -> id.bitLength() >= Long.SIZE)) {
      throw ApiException.badRequest(service.quirks() ? NOT_DELETED : IDENTIFIERS);
    }
    return delete(request.caller(), ids);
  }

  private Map<String, Object> deleteOne(Request request) throws SQLException {
    service.requireNamed(request.caller());
    return delete(request.caller(), List.of(request.cohortId()));
  }

  private Map<String, Object> delete(Caller caller, List<BigInteger> ids) throws SQLException {
    if (account(caller).isEmpty()) {
      throw ApiException.badRequest(NOT_DELETED);
    }
    List<Map<String, Object>> outcomes = new ArrayList<>();
    for (BigInteger id : ids) {
      outcomes.add(Map.of("cohort_id", id, "result", delete(caller, id)));
    }
    return Map.of("code", 200, "cohorts", outcomes);
  }

  private Map<String, Object> delete(Caller caller, BigInteger id) throws SQLException {
    Optional<Cohort> found =
        id.bitLength() < Long.SIZE ? service.cohorts().find(id.longValue()) : Optional.empty();
    if (found.isEmpty() || found.get().deleted()) {
      return Map.of("message", "A cohort with the ID " + id + " was not found!");
    }
    Cohort cohort = found.get();
    if (!cohort.owner().equals(caller.name())) {
      return Map.of(
          "message",
          caller.name() + " isn't the owner of cohort ID " + id + " and so cannot delete it.",
          "delete_permission",
          false);
    }
    service.cohorts().delete(cohort);
    return Map.of(
        "notes",
        "Cohort " + id + " ('" + cohort.name() + "') has been deleted.",
        "data",
        Map.of("filters", List.of(filterGroup(cohort))));
  }

  /** Returns the filters of a deleted cohort, in the format of the deployed service. */
  private Map<String, Object> filterGroup(Cohort cohort) {
    Database.Version version = service.database().activeVersion();
    List<Map<String, Object>> filters = new ArrayList<>();
    service
        .filters(cohort)
        .asGiven()
        .forEach(
            (name, values) ->
                filters.add(
                    Map.of(
                        "id",
                        filters.size() + 1,
                        "name",
                        name,
                        "attr_name",
                        name,
                        "display_name",
                        name,
                        "op",
                        "OR",
                        "values",
                        values)));
    return Map.of(
        "id",
        cohort.id(),
        "data_version",
        "Imaging Data Commons Data Release Version "
            + version.number()
            + " "
            + version.dateActive(),
        "filters",
        filters);
  }

  private Map<String, Object> properties(Cohort cohort) {
    Map<String, Object> properties = new TreeMap<>();
    properties.put("cohort_id", cohort.id());
    properties.put("name", cohort.name());
    properties.put("description", cohort.description());
    properties.put("filterSet", service.filterSet(service.filters(cohort).asGiven()));
    return properties;
  }

  private Optional<Account> account(Caller caller) throws SQLException {
    Optional<String> email = caller.address();
    return email.isPresent() ? service.cohorts().account(email.get()) : Optional.empty();
  }
}
