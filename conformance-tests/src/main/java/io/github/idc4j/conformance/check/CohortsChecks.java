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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Saving, listing and deleting cohorts. */
@Area("cohorts")
@Order(4)
@ExtendWith(TargetExtension.class)
final class CohortsChecks {

  @Test
  @Checks("cohorts.life")
  @DisplayName("A cohort that is saved is listed, and no longer when it is deleted")
  void life(Target target) {
    Expect.user(target);
    try (SavedCohort cohort = SavedCohort.make(target)) {
      assertThat(listed(target)).as("identifiers of GET /cohorts").contains(cohort.id());
      Exchange deleted = Expect.status(target.send(cohort.delete()), 200);
      assertThat(deleted.json().at("/cohorts/0/cohort_id").asLong(-1)).isEqualTo(cohort.id());
      assertThat(deleted.json().at("/cohorts/0/result").has("notes"))
          .as("the result has notes: %s", deleted.excerpt())
          .isTrue();
      assertThat(listed(target)).as("identifiers after deletion").doesNotContain(cohort.id());
    }
  }

  private static List<Long> listed(Target target) {
    List<Long> ids = new ArrayList<>();
    Exchange list = Expect.status(target.send(Call.get("/cohorts").as(Bearer.FIRST)), 200);
    list.json().path("cohorts").forEach(entry -> ids.add(entry.path("cohort_id").asLong()));
    return ids;
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
      assertThat(listed(target)).as("identifiers of GET /cohorts").contains(cohort.id());
    }
  }

  @ParameterizedTest(name = "POST /cohorts refuses a body {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "that is not JSON | {\"name\"",
        "without name | {\"description\":\"d\",\"filters\":{\"Modality\":[\"CT\"]}}",
        "without filters | {\"name\":\"n\",\"description\":\"d\"}",
        "with an unknown attribute | {\"name\":\"n\",\"description\":\"d\",\"filters\":{\"nosuch\":[\"x\"]}}",
        "with an empty list | {\"name\":\"n\",\"description\":\"d\",\"filters\":{\"Modality\":[]}}",
        "with a single text for a list | {\"name\":\"n\",\"description\":\"d\",\"filters\":{\"Modality\":\"CT\"}}",
        "with filterSet for filters | {\"name\":\"n\",\"description\":\"d\",\"filterSet\":{\"filters\":{\"Modality\":[\"CT\"]}}}",
        "with a number for a text | {\"name\":\"n\",\"description\":\"d\",\"filters\":{\"Modality\":[5]}}",
        "with script in the description | {\"name\":\"n\",\"description\":\"<script>\",\"filters\":{\"Modality\":[\"CT\"]}}",
        "with script in the name | {\"name\":\"<script>\",\"description\":\"d\",\"filters\":{\"Modality\":[\"CT\"]}}"
      })
  @Checks("cohorts.refused")
  void refused(String what, String body, Target target) {
    Expect.user(target);
    List<Long> before = listed(target);
    // What a service saves by mistake must be known again.
    String marked = body.replaceAll("\"[nd]\"", "\"" + target.leftovers().mark() + "\"");
    Exchange answer = target.send(Call.post("/cohorts").json(marked).as(Bearer.FIRST));
    JsonNode saved = answer.json().at("/cohort_properties/cohort_id");
    if (saved.isIntegralNumber()) {
      target.delete(Bearer.FIRST, saved.asLong());
    }
    Expect.error(answer, 400);
    assertThat(listed(target)).as("identifiers of GET /cohorts").isEqualTo(before);
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
