package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.conformance.Cohort;
import io.github.idc4j.conformance.Csv;
import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
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
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.MethodSource;
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

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("manifest.saved-refused")
  void savedRefused(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("manifest.true-literal")
  void trueLiteral(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("manifest.no-column")
  void noColumn(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("manifest.first-value")
  void firstValue(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("manifest.unknown-key")
  void unknownKey(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("manifest.page-size")
  void pageSize(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks("manifest.refused-body")
  void refusedBody(Negative negative, Target target) {
    negative.isRefused(target);
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
  @Checks("manifest.sql")
  @DisplayName("sql=True shows the SQL of a saved cohort too")
  void sqlOfSaved(Target target) {
    Expect.user(target);
    try (SavedCohort cohort = SavedCohort.make(target)) {
      Call call = cohort.manifest().with("page_size", 1);
      Exchange shown = target.send(call.with("sql", "True"));
      assumeTrue(
          shown.status() != 202, "the service answers 202, after which the SQL is not shown");
      assertThat(Expect.status(shown, 200).json().at("/cohort/sql").asString(""))
          .as("sql for sql=True")
          .isNotBlank();
      assertThat(page(target, call).json().at("/cohort/sql").asString(""))
          .as("sql without the key")
          .isEmpty();
    }
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
