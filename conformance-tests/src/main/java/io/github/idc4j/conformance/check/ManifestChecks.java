package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.conformance.Cohort;
import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import io.github.idc4j.conformance.rule.Csv;
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
    RowOrder order = new RowOrder(List.of(column));
    for (JsonNode row : Family.MANIFEST.rows(page)) {
      int compared = order.compare(row);
      assertThat(compared).as("manifest.distinct: %s", order).isNotZero();
      assertThat(compared).as("manifest.order: %s", order).isPositive();
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
    RowOrder order = new RowOrder(List.of(last));
    for (JsonNode row : Family.MANIFEST.rows(page)) {
      assertThat(order.compare(row)).as("manifest.order: %s", order).isNotNegative();
    }
  }

  @Test
  @Checks("manifest.everything")
  @DisplayName("Empty filters select everything")
  void everything(Target target) {
    List<String> ids = new ArrayList<>();
    Walk.of(
            target,
            Family.MANIFEST,
            Call.post(PREVIEW).with("Collection_ID", "True").json(Cohort.of(Map.of())))
        .forEachRemaining(
            page -> ids.addAll(Family.MANIFEST.rows(page).findValuesAsString("Collection_ID")));
    assertThat(ids)
        .as("collections of a manifest without filters")
        .contains(target.facts().collection());
    assertThat(ids)
        .as("collections of a manifest without filters, against those of such a query")
        .isEqualTo(Previews.values(target, "collection_id", Map.of()));
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
    Map<String, ?> filters = target.facts().someSeries();
    try (SavedCohort cohort = SavedCohort.make(target, filters)) {
      Exchange previewed =
          page(
              target,
              Call.post(PREVIEW).with("SeriesInstanceUID", "True").json(Cohort.of(filters)));
      Exchange saved = page(target, cohort.manifest());
      if (saved.json().has("cohort")) {
        assertThat(saved.json().at("/cohort/cohort_id").asLong(-1)).isEqualTo(cohort.id());
      }
      Expect.sameRows(
          "the saved cohort", Family.MANIFEST.rows(saved), Family.MANIFEST.rows(previewed));
      assertThat(Family.MANIFEST.totalFound(saved))
          .as("totalFound of the saved cohort")
          .isEqualTo(Family.MANIFEST.totalFound(previewed));
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

  @Test
  @Checks("manifest.first-value")
  @DisplayName("The first value of a repeated key counts where it is the true one, too")
  void firstValueIsTrue(Target target) {
    page(
        target,
        Call.post(PREVIEW)
            .with("Patient_ID", "True")
            .with("Patient_ID", "False")
            .json(Cohort.ofCollection("no_such_collection")));
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
    assertThat(shownSql(target, call.with("sql", "True"))).as("sql for sql=True").isNotBlank();
    assertThat(shownSql(target, call.with("sql", "true"))).as("sql for sql=true").isEmpty();
    assertThat(shownSql(target, call)).as("sql without the key").isEmpty();
  }

  private static String shownSql(Target target, Call call) {
    Exchange shown = target.send(call);
    assumeTrue(shown.status() != 202, "the service answers 202, after which the SQL is not shown");
    return Expect.status(shown, 200).json().at("/cohort/sql").asString("none");
  }

  @Test
  @Checks("manifest.sql")
  @DisplayName("sql=True shows the SQL of a saved cohort too")
  void sqlOfSaved(Target target) {
    Expect.user(target);
    try (SavedCohort cohort = SavedCohort.make(target)) {
      Call call = cohort.manifest().with("page_size", 1);
      assertThat(shownSql(target, call.with("sql", "True"))).as("sql for sql=True").isNotBlank();
      assertThat(shownSql(target, call)).as("sql without the key").isEmpty();
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
