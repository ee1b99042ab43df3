package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Checks of saving, listing and deleting cohorts. */
final class CohortsChecks {

  static List<Check> all() {
    return new CheckList("cohorts")
        .check(
            "life",
            "A saved cohort is listed until it is deleted",
            CohortsChecks::life,
            "cohorts.life",
            "cohorts.deleted-data")
        .check(
            "list",
            "GET /cohorts returns name, description, filters, owner and permission",
            CohortsChecks::list,
            "cohorts.list")
        .check(
            "delete-several",
            "DELETE /cohorts returns a result for each cohort, in the order of the request",
            CohortsChecks::deleteSeveral,
            "cohorts.delete-several")
        .check(
            "delete-again",
            "Deleting a deleted or unknown cohort returns 200 with a message",
            CohortsChecks::deleteAgain,
            "cohorts.delete-again")
        .check(
            "delete-foreign",
            "Deleting another user's cohort returns 200 with delete_permission false, and deletes nothing",
            CohortsChecks::deleteForeign,
            "cohorts.delete-foreign")
        .forEach(
            "refused",
            RefusedRequests.of("cohorts.refused"),
            "{0}",
            RefusedRequest::isRefused,
            "cohorts.refused",
            "errors.no-change")
        .check(
            "no-description",
            "POST /cohorts without a description saves nothing: 400 or, as a quirk, 200",
            CohortsChecks::noDescription,
            "cohorts.no-description")
        .check(
            "echo",
            "The response for a saved cohort has name, description and filters as sent",
            CohortsChecks::echo,
            "cohorts.echo")
        .checks();
  }

  private CohortsChecks() {}

  private static void life(CheckContext context) {
    Expect.user(context);
    try (SavedCohort cohort = SavedCohort.make(context)) {
      assertThat(SavedCohort.listed(context))
          .as("identifiers of GET /cohorts")
          .contains(cohort.id());
      Exchange deleted = Expect.status(context.send(cohort.delete()), 200);
      assertThat(deleted.json().at("/cohorts/0/cohort_id").asLong(-1))
          .as("cohort_id")
          .isEqualTo(cohort.id());
      assertThat(deleted.json().at("/cohorts/0/result").has("notes"))
          .as("the result has notes: %s", deleted.excerpt())
          .isTrue();
      Expect.rule(
          "cohorts.deleted-data",
          () ->
              assertThat(deleted.json().at("/cohorts/0/result/data/filters"))
                  .as("filters of the deleted cohort")
                  .isNotEmpty());
      assertThat(SavedCohort.listed(context))
          .as("identifiers of GET /cohorts after the deletion")
          .doesNotContain(cohort.id());
    }
  }

  private static void list(CheckContext context) {
    Expect.user(context);
    try (SavedCohort cohort = SavedCohort.make(context)) {
      JsonNode account =
          Expect.status(
                  context.send(ApiRequest.get("/users/account_details").as(Caller.FIRST)), 200)
              .json()
              .path("user_details");
      JsonNode entry =
          StreamSupport.stream(
                  context
                      .send(ApiRequest.get("/cohorts").as(Caller.FIRST))
                      .json()
                      .path("cohorts")
                      .spliterator(),
                  false)
              .filter(listed -> listed.path("cohort_id").asLong() == cohort.id())
              .findFirst()
              .orElseThrow(() -> new AssertionError("the saved cohort is not listed"));
      assertThat(entry.path("name").asString("")).as("name").isEqualTo(cohort.mark());
      assertThat(entry.path("description").asString(null))
          .as("description")
          .isIn(cohort.mark(), null);
      assertThat(entry.at("/filterSet/filters"))
          .as("filters")
          .isEqualTo(cohort.properties().at("/filterSet/filters"));
      assertThat(entry.path("permission").asString("")).as("permission").isEqualTo("OWNER");
      assertThat(entry.path("owner").asString("")).as("owner").isNotBlank();
      if (account.has("last_name")) {
        assertThat(entry.path("owner").asString(""))
            .as("owner, compared with the account's first and last name")
            .isEqualTo(
                account.path("first_name").asString("")
                    + " "
                    + account.path("last_name").asString(""));
      }
    }
  }

  private static void deleteSeveral(CheckContext context) {
    Expect.user(context);
    try (SavedCohort first = SavedCohort.make(context);
        SavedCohort second = SavedCohort.make(context)) {
      Exchange deleted =
          Expect.status(
              context.send(
                  ApiRequest.delete("/cohorts")
                      .json(
                          "{\"cohorts\":["
                              + second.id()
                              + ","
                              + SavedCohort.UNKNOWN
                              + ","
                              + first.id()
                              + "]}")
                      .as(Caller.FIRST)),
              200);
      JsonNode outcomes = deleted.json().path("cohorts");
      List<Long> ids = new ArrayList<>();
      outcomes.forEach(outcome -> ids.add(outcome.path("cohort_id").asLong()));
      assertThat(ids)
          .as("identifiers of the results")
          .containsExactly(second.id(), SavedCohort.UNKNOWN, first.id());
      assertThat(outcomes.path(0).path("result").has("notes"))
          .as("the first result has notes")
          .isTrue();
      assertThat(outcomes.path(1).path("result").has("message"))
          .as("the second result has a message")
          .isTrue();
      assertThat(outcomes.path(2).path("result").has("notes"))
          .as("the third result has notes")
          .isTrue();
    }
  }

  private static void deleteAgain(CheckContext context) {
    Expect.user(context);
    try (SavedCohort cohort = SavedCohort.make(context)) {
      Expect.status(context.send(cohort.delete()), 200);
      Exchange again = Expect.status(context.send(cohort.delete()), 200);
      assertThat(again.json().at("/cohorts/0/result/message").asString(""))
          .as("message")
          .isNotBlank();
    }
    Exchange unknown =
        Expect.status(
            context.send(ApiRequest.delete("/cohorts/" + SavedCohort.UNKNOWN).as(Caller.FIRST)),
            200);
    assertThat(unknown.json().at("/cohorts/0/result/message").asString(""))
        .as("message")
        .isNotBlank();
  }

  private static void deleteForeign(CheckContext context) {
    Expect.twoUsers(context);
    try (SavedCohort cohort = SavedCohort.make(context)) {
      Exchange refused = Expect.status(context.send(cohort.delete().as(Caller.SECOND)), 200);
      assertThat(refused.json().at("/cohorts/0/result/delete_permission").asBoolean(true))
          .as("delete_permission")
          .isFalse();
      assertThat(refused.json().at("/cohorts/0/result/message").asString(""))
          .as("message")
          .isNotBlank();
      assertThat(SavedCohort.listed(context))
          .as("identifiers of GET /cohorts")
          .contains(cohort.id());
    }
  }

  private static void noDescription(CheckContext context) {
    Expect.user(context);
    Exchange response =
        context.send(
            ApiRequest.post("/cohorts")
                .json("{\"name\":\"" + context.mark() + "\",\"filters\":{\"Modality\":[\"CT\"]}}")
                .as(Caller.FIRST));
    assertThat(response.status()).as("status").isIn(400, 200);
    context.observed(
        response.status() == 200 ? "200 without cohort_id, as deployed" : "refused with 400");
    assertThat(response.json().path("cohort_properties").has("cohort_id"))
        .as("the response has a cohort_id")
        .isFalse();
  }

  private static void echo(CheckContext context) {
    Expect.user(context);
    String collection = context.collection().toUpperCase(Locale.ROOT);
    try (SavedCohort cohort =
        SavedCohort.make(context, Map.of("collection_id", List.of(collection)))) {
      assertThat(cohort.properties().path("name").asString("")).as("name").isEqualTo(cohort.mark());
      assertThat(cohort.properties().path("description").asString(""))
          .as("description")
          .isEqualTo(cohort.mark());
      assertThat(cohort.properties().at("/filterSet/filters/collection_id/0").asString(""))
          .as("collection_id of filterSet")
          .isEqualTo(collection);
    }
  }
}
