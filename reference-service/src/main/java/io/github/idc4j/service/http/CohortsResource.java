package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Caller;
import io.github.idc4j.service.cohort.Account;
import io.github.idc4j.service.cohort.Cohort;
import io.github.idc4j.service.cohort.Cohorts;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.query.Filters;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Lists, saves and deletes cohorts of the caller. */
final class CohortsResource {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("dd-MM-yyyy HH:mm").withZone(ZoneOffset.UTC);
  private static final String NOT_CREATED =
      "Cohort information was improperly formatted - cohort not created.";
  private static final String NOT_SAVED = "There was an error saving your cohort.";
  static final String NOT_DELETED = "Error while deleting cohort";
  private static final int MAX_DELETED = 1000;
  private static final String FAULT =
      "Encountered an error while attempting to create this cohort.";

  private final Cohorts cohorts;
  private final Ownership ownership;
  private final CohortDefinitions definitions;
  private final DataColumns columns;
  private final Database database;
  private final Rules rules;
  private final Clock clock;

  CohortsResource(
      Cohorts cohorts,
      Ownership ownership,
      CohortDefinitions definitions,
      DataColumns columns,
      Database database,
      Rules rules,
      Clock clock) {
    this.cohorts = cohorts;
    this.ownership = ownership;
    this.definitions = definitions;
    this.columns = columns;
    this.database = database;
    this.rules = rules;
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

  private Reply list(Request request) throws SQLException {
    Ownership.requireNamed(request.caller(), 500);
    Account owner =
        ownership
            .account(request.caller())
            .orElseThrow(
                () ->
                    ApiException.badRequest(
                        "There was an error while trying to obtain the list of cohorts. Please"
                            + " contact the administrator for help."));
    List<Map<String, Object>> listed = new ArrayList<>();
    for (Cohort cohort : cohorts.of(owner.email())) {
      Map<String, Object> entry = properties(cohort);
      entry.put("owner", owner.name());
      entry.put("permission", "OWNER");
      listed.add(entry);
    }
    return Reply.ok(Map.of("cohorts", listed));
  }

  private Reply create(Request request) throws SQLException {
    Ownership.requireNamed(request.caller(), 500);
    JsonNode body = Json.body(request, rules, FAULT);
    Filters filters = definitions.filters(body, NOT_CREATED);
    columns.require(Map.of(), filters);
    if (!body.has("description")) {
      return rules.notSaved(
          NOT_SAVED, "The request body must contain a 'description'; it may be empty.");
    }
    if (ownership.account(request.caller()).isEmpty()) {
      return rules.notSaved(NOT_SAVED, "Its owner must have signed in.");
    }
    if (!rules.canSave(filters)) {
      return rules.notSaved(NOT_SAVED, "None of its filters can be saved.");
    }
    String name = body.get("name").asString(body.get("name").toString());
    String description = body.get("description").asString("");
    if (!isText(name) || !isText(description)) {
      throw ApiException.badRequest(
          "The name and the description of a cohort cannot contain the character U+0000 or half of"
              + " a surrogate pair.");
    }
    Cohort cohort =
        cohorts.save(
            request.caller().name(),
            name.isEmpty() ? "Cohort created on " + MINUTE.format(clock.instant()) : name,
            description.isEmpty() ? null : description,
            Json.MAPPER.writeValueAsString(filters.asGiven()));
    return Reply.ok(Map.of("cohort_properties", properties(cohort)));
  }

  /** Returns whether each database can store a text. */
  private static boolean isText(String text) {
    return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private Reply deleteSeveral(Request request) throws SQLException {
    Ownership.requireNamed(request.caller(), 500);
    List<BigInteger> ids = rules.cohortIds(deletion(request));
    if (ids.size() > MAX_DELETED) {
      throw ApiException.badRequest(
          "A request can delete at most %,d cohorts, but 'cohorts' has %,d entries."
              .formatted(MAX_DELETED, ids.size()));
    }
    return delete(request.caller(), ids);
  }

  private JsonNode deletion(Request request) {
    try {
      return Json.body(request, rules, FAULT);
    } catch (ApiException e) {
      throw rules.wrongBody(e.getMessage(), FAULT);
    }
  }

  private Reply deleteOne(Request request) throws SQLException {
    Ownership.requireNamed(request.caller(), 500);
    return delete(request.caller(), List.of(request.cohortId()));
  }

  private Reply delete(Caller caller, List<BigInteger> ids) throws SQLException {
    if (ownership.account(caller).isEmpty()) {
      throw ApiException.badRequest(NOT_DELETED);
    }
    Set<Cohort> deleted = new LinkedHashSet<>();
    List<Map<String, Object>> outcomes = new ArrayList<>();
    for (BigInteger id : ids) {
      outcomes.add(Map.of("cohort_id", id, "result", delete(caller, id, deleted)));
    }
    cohorts.delete(deleted);
    return Reply.ok(Map.of("cohorts", outcomes));
  }

  /**
   * Adds a cohort to those that the request deletes, if the caller may delete it.
   *
   * @return the outcome of the deletion
   */
  private Map<String, Object> delete(Caller caller, BigInteger id, Set<Cohort> deleted)
      throws SQLException {
    Optional<Cohort> found = ownership.find(id);
    if (found.isEmpty()) {
      return Map.of("message", "A cohort with the ID " + id + " was not found!");
    }
    Cohort cohort = found.get();
    if (cohort.deleted() || deleted.contains(cohort)) {
      return Map.of("message", "Cohort ID " + id + " was not found - it may already be deleted.");
    }
    if (!cohort.owner().equals(caller.name())) {
      return Map.of(
          "message",
          caller.name() + " isn't the owner of cohort ID " + id + " and so cannot delete it.",
          "delete_permission",
          false);
    }
    deleted.add(cohort);
    return Map.of(
        "notes",
        "Cohort " + id + " ('" + cohort.name() + "') has been deleted.",
        "data",
        Map.of("filters", List.of(filterGroup(cohort))));
  }

  /** Returns the filters of a deleted cohort, in the format of the deployed service. */
  private Map<String, Object> filterGroup(Cohort cohort) {
    Database.Version version = database.activeVersion();
    List<Map<String, Object>> filters = new ArrayList<>();
    definitions
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
    return definitions.shown(cohort, definitions.filters(cohort));
  }
}
