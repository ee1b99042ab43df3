package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.conformance.Cohort;
import io.github.idc4j.conformance.Csv;
import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import io.github.idc4j.openapi.IdcOpenApi;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Manifests: columns, literals, bodies, saved cohorts. */
@Area("manifest")
@Order(5)
@ExtendWith(TargetExtension.class)
final class ManifestChecks {

  private static final String PREVIEW = "/cohorts/manifest/preview";

  /** Enough rows to tell an order from chance. */
  private static final int MANY = 500;

  /** The columns that are identifiers, and not made of others. */
  private static final int SORTABLE = 5;

  private static Call preview(Target target, String... columns) {
    Call call = Call.post(PREVIEW).json(Cohort.ofCollection(target.facts().collection()));
    for (String column : columns) {
      call = call.with(column, "True");
    }
    return call;
  }

  private static Exchange page(Target target, Call call) {
    return Walk.finish(target, Family.MANIFEST, call);
  }

  private static List<String> columns() {
    return Csv.rows(IdcOpenApi.manifestColumns()).stream().map(row -> row.get("key")).toList();
  }

  @ParameterizedTest(name = "The column {0} is shown alone")
  @MethodSource("columns")
  @Checks("manifest.columns")
  void column(String column, Target target) {
    Exchange page = page(target, preview(target, column).with("page_size", 5));
    assertThat(Family.MANIFEST.rows(page)).isNotEmpty();
    for (JsonNode row : Family.MANIFEST.rows(page)) {
      assertThat(row.propertyNames()).as("keys of a row").containsExactly(column);
    }
  }

  @ParameterizedTest(name = "Rows of {0} are distinct, and in order")
  @MethodSource("columns")
  @Checks({"manifest.distinct", "manifest.order"})
  void order(String column, Target target) {
    Exchange page = page(target, preview(target, column).with("page_size", MANY));
    String before = null;
    for (JsonNode row : Family.MANIFEST.rows(page)) {
      String value = row.path(column).asString("");
      if (before != null) {
        assertThat(value).as("manifest.distinct: a value and the one before").isNotEqualTo(before);
        assertThat(value.compareTo(before))
            .as("manifest.order: %s comes after %s", value, before)
            .isPositive();
      }
      before = value;
    }
  }

  @Test
  @Checks("manifest.order")
  @DisplayName("Rows of several columns are in the order of the last in the stated list of columns")
  void orderOfSeveral(Target target) {
    List<String> chosen = new ArrayList<>(columns().subList(0, SORTABLE));
    Collections.shuffle(chosen, target.random("manifest.order"));
    List<String> two = chosen.subList(0, 2);
    String last = columns().stream().filter(two::contains).reduce((a, b) -> b).orElseThrow();
    // The order in which the keys are sent does not matter.
    Exchange page =
        page(target, preview(target, two.toArray(new String[0])).with("page_size", MANY));
    String before = "";
    for (JsonNode row : Family.MANIFEST.rows(page)) {
      String value = row.path(last).asString("");
      assertThat(value.compareTo(before))
          .as("rows by %s: %s comes after %s", last, value, before)
          .isNotNegative();
      before = value;
    }
  }

  @Test
  @Checks("manifest.everything")
  @DisplayName("Empty filters select everything")
  void everything(Target target) {
    Exchange all =
        page(
            target,
            Call.post(PREVIEW)
                .with("Collection_ID", "True")
                .with("page_size", MANY)
                .json(Cohort.of(Map.of())));
    List<String> ids = Family.MANIFEST.rows(all).findValuesAsString("Collection_ID");
    assumeTrue(Family.MANIFEST.token(all).isEmpty(), "a page does not hold all collections");
    assertThat(ids)
        .as("collections of a manifest without filters")
        .contains(target.facts().collection());
    Exchange query =
        Walk.finish(
            target,
            Family.QUERY,
            Call.post("/cohorts/query/preview")
                .with("page_size", MANY)
                .json(Cohort.query(Map.of(), "collection_id")));
    assertThat(ids)
        .as("collections of a manifest without filters, against those of such a query")
        .isEqualTo(Family.QUERY.rows(query).findValuesAsString("collection_id"));
  }

  @Test
  @Checks("manifest.values")
  @DisplayName("GUIDs begin with dg.4DFC/, and GCS_URL is made of bucket, series and instance")
  void values(Target target) {
    Exchange page =
        page(
            target,
            preview(target, "CRDC_Study_GUID", "CRDC_Series_GUID", "CRDC_Instance_GUID", "GCS_URL")
                .with("page_size", 5));
    for (JsonNode row : Family.MANIFEST.rows(page)) {
      String series = row.path("CRDC_Series_GUID").asString("");
      String instance = row.path("CRDC_Instance_GUID").asString("");
      assertThat(row.path("CRDC_Study_GUID").asString("")).startsWith("dg.4DFC/");
      assertThat(series).startsWith("dg.4DFC/");
      assertThat(instance).startsWith("dg.4DFC/");
      assertThat(row.path("GCS_URL").asString("")).matches("gs://[^/]+/[^/]+/[^/]+\\.dcm");
    }
  }

  @Test
  @Checks("manifest.saved")
  @DisplayName("GET /cohorts/manifest/{cohort_id} gives what the preview gives")
  void saved(Target target) {
    Expect.user(target);
    try (SavedCohort cohort = SavedCohort.make(target)) {
      Exchange previewed = page(target, preview(target, "SeriesInstanceUID"));
      Exchange saved = page(target, cohort.manifest());
      Expect.sameRows(
          "the saved cohort", Family.MANIFEST.rows(saved), Family.MANIFEST.rows(previewed));
      assertThat(Family.MANIFEST.totalFound(saved))
          .as("totalFound of the saved cohort")
          .isEqualTo(Family.MANIFEST.totalFound(previewed));
      if (saved.json().has("cohort")) {
        assertThat(saved.json().at("/cohort/cohort_id").asLong(-1)).isEqualTo(cohort.id());
      }
    }
  }

  @Test
  @Checks("manifest.saved-refused")
  @DisplayName("A manifest of a deleted or foreign cohort is 403, of an unknown one 400")
  void savedRefused(Target target) {
    Expect.twoUsers(target);
    try (SavedCohort cohort = SavedCohort.make(target)) {
      Expect.error(target.send(cohort.manifest().as(Bearer.SECOND)), 403);
      target.send(cohort.delete());
      Expect.error(target.send(cohort.manifest()), 403);
    }
    Expect.error(
        target.send(
            Call.get("/cohorts/manifest/" + SavedCohort.UNKNOWN)
                .with("Patient_ID", "True")
                .as(Bearer.FIRST)),
        400);
  }

  @ParameterizedTest(name = "''{0}'' is not true: 400 when no other column is chosen")
  @ValueSource(strings = {"true", "TRUE", "1", "yes", "False", ""})
  @Checks("manifest.true-literal")
  void trueLiteral(String literal, Target target) {
    Expect.error(target.send(preview(target).with("Patient_ID", literal)), 400);
  }

  @Test
  @Checks("manifest.no-column")
  @DisplayName("A manifest without a column is refused with 400")
  void noColumn(Target target) {
    Expect.error(target.send(preview(target)), 400);
  }

  @Test
  @Checks("manifest.first-value")
  @DisplayName("The first value of a repeated key counts")
  void firstValue(Target target) {
    Expect.error(
        target.send(preview(target).with("Patient_ID", "False").with("Patient_ID", "True")), 400);
  }

  @ParameterizedTest(name = "The query key {0} is refused with 400")
  @ValueSource(strings = {"foo", "next_page", "email", "patient_id"})
  @Checks("manifest.unknown-key")
  void unknownKey(String key, Target target) {
    Expect.error(target.send(preview(target, "Patient_ID").with(key, "x")), 400);
  }

  @ParameterizedTest(name = "page_size={0} is refused with 400")
  @ValueSource(strings = {"abc", "1.5"})
  @Checks("manifest.page-size")
  void pageSize(String size, Target target) {
    Expect.error(target.send(preview(target, "Patient_ID").with("page_size", size)), 400);
  }

  @ParameterizedTest(name = "A preview refuses a body {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "that is not JSON | {\"name\"",
        "that is a list | []",
        "with script in the name | {\"name\":\"<script>\",\"description\":\"d\",\"filters\":{}}",
        "with script in the description | {\"name\":\"n\",\"description\":\"<script>\",\"filters\":{}}",
        "with filters that are a list | {\"name\":\"n\",\"description\":\"d\",\"filters\":[]}",
        "with an object for a value | {\"name\":\"n\",\"description\":\"d\",\"filters\":{\"Modality\":[{}]}}",
        "with a number for a text | {\"name\":\"n\",\"description\":\"d\",\"filters\":{\"Modality\":[5]}}",
        "with a text for a number | {\"name\":\"n\",\"description\":\"d\",\"filters\":{\"age_at_diagnosis_lt\":[\"x\"]}}",
        "with two values for one end | {\"name\":\"n\",\"description\":\"d\",\"filters\":{\"age_at_diagnosis_lt\":[1,2]}}",
        "with a range of a text | {\"name\":\"n\",\"description\":\"d\",\"filters\":{\"Modality_lt\":[1]}}",
        "with an attribute in lower case | {\"name\":\"n\",\"description\":\"d\",\"filters\":{\"modality\":[\"CT\"]}}",
        "without name | {\"description\":\"d\",\"filters\":{}}",
        "without description | {\"name\":\"n\",\"filters\":{}}",
        "without filters | {\"name\":\"n\",\"description\":\"d\"}",
        "with filterSet for filters | {\"name\":\"n\",\"description\":\"d\",\"filterSet\":{\"filters\":{}}}",
        "with an empty list | {\"name\":\"n\",\"description\":\"d\",\"filters\":{\"Modality\":[]}}",
        "with a single text for a list | {\"name\":\"n\",\"description\":\"d\",\"filters\":{\"Modality\":\"CT\"}}",
        "with one end of a range | {\"name\":\"n\",\"description\":\"d\",\"filters\":{\"age_at_diagnosis_btw\":[40]}}"
      })
  @Checks("manifest.refused-body")
  void refusedBody(String what, String body, Target target) {
    Expect.error(target.send(Call.post(PREVIEW).with("Patient_ID", "True").json(body)), 400);
  }

  @Test
  @Checks("manifest.unknown-attributes")
  @DisplayName("A preview refuses unknown attributes and names all of them")
  void unknownAttributes(Target target) {
    Exchange refused =
        Expect.error(
            target.send(
                Call.post(PREVIEW)
                    .with("Patient_ID", "True")
                    .json(
                        Cohort.of(
                            Map.of("RACE", new String[] {"WHITE"}, "foo", new String[] {"bar"})))),
            400);
    assertThat(refused.json().path("message").asString()).contains("RACE").contains("foo");
  }

  @Test
  @Checks("manifest.sql")
  @DisplayName("sql=True shows the SQL; any other value, or none, does not")
  void sql(Target target) {
    Call call = preview(target, "Patient_ID").with("page_size", 1);
    Exchange shown = target.send(call.with("sql", "True"));
    assumeTrue(shown.status() != 202, "the service answers 202, after which the SQL is not shown");
    assertThat(Expect.status(shown, 200).json().at("/cohort/sql").asString(""))
        .as("sql for sql=True")
        .isNotBlank();
    assertThat(page(target, call.with("sql", "true")).json().at("/cohort/sql").asString("none"))
        .as("sql for sql=true")
        .isEmpty();
    assertThat(page(target, call).json().at("/cohort/sql").asString("none"))
        .as("sql without the key")
        .isEmpty();
  }

  @Test
  @Checks("manifest.no-rows")
  @DisplayName("A cohort that matches nothing has 0 rows and no token")
  void noRows(Target target) {
    Exchange page =
        page(
            target,
            Call.post(PREVIEW)
                .with("Patient_ID", "True")
                .json(Cohort.ofCollection("no_such_collection")));
    assertThat(Family.MANIFEST.totalFound(page)).as("totalFound").isZero();
    assertThat(Family.MANIFEST.rows(page)).as("rows").isEmpty();
    assertThat(Family.MANIFEST.token(page)).as("next_page").isEmpty();
  }

  @Test
  @Checks("manifest.empty-name")
  @DisplayName("A preview takes an empty name, and ignores other properties")
  void emptyName(Target target) {
    page(
        target,
        Call.post(PREVIEW)
            .with("Collection_ID", "True")
            .json(
                "{\"name\":\"\",\"description\":\"\",\"zzz\":1,\"filters\":{\"collection_id\":[\""
                    + target.facts().collection()
                    + "\"]}}"));
  }
}
