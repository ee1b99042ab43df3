package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.Cohort;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import tools.jackson.databind.JsonNode;

/** Saving, listing and deleting cohorts. */
@Area("cohorts")
@Order(4)
@ExtendWith(TargetExtension.class)
final class CohortsChecks {

  @Test
  @Checks({"cohorts.life", "cohorts.deleted-data"})
  @DisplayName("A cohort that is saved is listed, and no longer when it is deleted")
  void life(Target target) {
    Expect.user(target);
    try (SavedCohort cohort = SavedCohort.make(target)) {
      assertThat(SavedCohort.listed(target))
          .as("identifiers of GET /cohorts")
          .contains(cohort.id());
      Exchange deleted = Expect.status(target.send(cohort.delete()), 200);
      assertThat(deleted.json().at("/cohorts/0/cohort_id").asLong(-1)).isEqualTo(cohort.id());
      assertThat(deleted.json().at("/cohorts/0/result").has("notes"))
          .as("the result has notes: %s", deleted.excerpt())
          .isTrue();
      assertThat(deleted.json().at("/cohorts/0/result/data/filters"))
          .as("cohorts.deleted-data: filters of the cohort that was deleted")
          .isNotEmpty();
      assertThat(SavedCohort.listed(target))
          .as("identifiers after deletion")
          .doesNotContain(cohort.id());
    }
  }

  @Test
  @Checks("cohorts.list")
  @DisplayName("GET /cohorts tells name, description, filters, owner and permission of a cohort")
  void list(Target target) {
    Expect.user(target);
    try (SavedCohort cohort = SavedCohort.make(target)) {
      JsonNode account =
          Expect.status(target.send(Call.get("/users/account_details").as(Bearer.FIRST)), 200)
              .json()
              .path("user_details");
      JsonNode entry =
          StreamSupport.stream(
                  target
                      .send(Call.get("/cohorts").as(Bearer.FIRST))
                      .json()
                      .path("cohorts")
                      .spliterator(),
                  false)
              .filter(listed -> listed.path("cohort_id").asLong() == cohort.id())
              .findFirst()
              .orElseThrow(() -> new AssertionError("the saved cohort is not listed"));
      assertThat(entry.path("name").asString("")).as("name").isEqualTo(Cohort.NAME);
      assertThat(entry.path("description").asString(null))
          .as("description")
          .isIn(cohort.description(), null);
      assertThat(entry.at("/filterSet/filters"))
          .as("filters")
          .isEqualTo(cohort.properties().at("/filterSet/filters"));
      assertThat(entry.path("permission").asString("")).as("permission").isEqualTo("OWNER");
      assertThat(entry.path("owner").asString("")).as("owner").isNotBlank();
      if (account.has("last_name")) {
        assertThat(entry.path("owner").asString(""))
            .as("owner, against the account's first and last name")
            .isEqualTo(
                account.path("first_name").asString("")
                    + " "
                    + account.path("last_name").asString(""));
      }
    }
  }

  @Test
  @Checks("cohorts.delete-several")
  @DisplayName("DELETE /cohorts tells what became of each cohort, in the order asked")
  void deleteSeveral(Target target) {
    Expect.user(target);
    try (SavedCohort first = SavedCohort.make(target);
        SavedCohort second = SavedCohort.make(target)) {
      Exchange deleted =
          Expect.status(
              target.send(
                  Call.delete("/cohorts")
                      .json(
                          "{\"cohorts\":["
                              + second.id()
                              + ","
                              + SavedCohort.UNKNOWN
                              + ","
                              + first.id()
                              + "]}")
                      .as(Bearer.FIRST)),
              200);
      JsonNode outcomes = deleted.json().path("cohorts");
      List<Long> ids = new ArrayList<>();
      outcomes.forEach(outcome -> ids.add(outcome.path("cohort_id").asLong()));
      assertThat(ids)
          .as("identifiers")
          .containsExactly(second.id(), SavedCohort.UNKNOWN, first.id());
      assertThat(outcomes.path(0).path("result").has("notes")).as("the first was deleted").isTrue();
      assertThat(outcomes.path(1).path("result").has("message"))
          .as("the second is unknown")
          .isTrue();
      assertThat(outcomes.path(2).path("result").has("notes")).as("the third was deleted").isTrue();
    }
  }

  @Test
  @Checks("cohorts.delete-again")
  @DisplayName("Deleting a deleted or unknown cohort is 200 with a message")
  void deleteAgain(Target target) {
    Expect.user(target);
    try (SavedCohort cohort = SavedCohort.make(target)) {
      Expect.status(target.send(cohort.delete()), 200);
      Exchange again = Expect.status(target.send(cohort.delete()), 200);
      assertThat(again.json().at("/cohorts/0/result/message").asString("")).isNotBlank();
    }
    Exchange unknown =
        Expect.status(
            target.send(Call.delete("/cohorts/" + SavedCohort.UNKNOWN).as(Bearer.FIRST)), 200);
    assertThat(unknown.json().at("/cohorts/0/result/message").asString("")).isNotBlank();
  }

  @Test
  @Checks("cohorts.delete-foreign")
  @DisplayName("Deleting somebody else's cohort is 200 with delete_permission false; it stays")
  void deleteForeign(Target target) {
    Expect.twoUsers(target);
    try (SavedCohort cohort = SavedCohort.make(target)) {
      Exchange refused = Expect.status(target.send(cohort.delete().as(Bearer.SECOND)), 200);
      assertThat(refused.json().at("/cohorts/0/result/delete_permission").asBoolean(true))
          .as("delete_permission")
          .isFalse();
      assertThat(refused.json().at("/cohorts/0/result/message").asString(""))
          .as("message")
          .isNotBlank();
      assertThat(SavedCohort.listed(target))
          .as("identifiers of GET /cohorts")
          .contains(cohort.id());
    }
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks({"cohorts.refused", "errors.no-change"})
  void refused(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @Test
  @Checks("cohorts.no-description")
  @DisplayName("POST /cohorts without description saves nothing: 400 or, as a quirk, 200")
  void noDescription(Target target) {
    Expect.user(target);
    Exchange answer =
        target.send(
            Call.post("/cohorts")
                .json(
                    "{\"name\":\""
                        + target.leftovers().mark()
                        + "\",\"filters\":{\"Modality\":[\"CT\"]}}")
                .as(Bearer.FIRST));
    assertThat(answer.status()).as("status").isIn(400, 200);
    target.saw(answer.status() == 200 ? "200 without cohort_id, as deployed" : "refused with 400");
    assertThat(answer.json().path("cohort_properties").has("cohort_id"))
        .as("cohort_id is there")
        .isFalse();
  }

  @Test
  @Checks("cohorts.echo")
  @DisplayName("A saved cohort echoes name, description and filters as given")
  void echo(Target target) {
    Expect.user(target);
    String collection = target.facts().collection().toUpperCase(Locale.ROOT);
    try (SavedCohort cohort =
        SavedCohort.make(target, Map.of("collection_id", List.of(collection)))) {
      assertThat(cohort.properties().path("name").asString("")).isEqualTo(Cohort.NAME);
      assertThat(cohort.properties().path("description").asString(""))
          .isEqualTo(cohort.description());
      assertThat(cohort.properties().at("/filterSet/filters/collection_id/0").asString(""))
          .isEqualTo(collection);
    }
  }
}
