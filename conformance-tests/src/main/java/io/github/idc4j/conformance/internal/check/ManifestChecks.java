package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.Skipped;
import io.github.idc4j.conformance.rule.Csv;
import io.github.idc4j.openapi.IdcOpenApi;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Manifests: columns, literals, bodies, saved cohorts. */
final class ManifestChecks {

  private static final String PREVIEW = "/cohorts/manifest/preview";

  /** Enough rows to tell an order from chance. */
  private static final int MANY = 500;

  /** The columns that are identifiers, and not made of others. */
  private static final int SORTABLE = 5;

  static List<Check> all() {
    return new CheckList("manifest")
        .forEach(
            "column",
            columns(),
            "The column {0} is shown alone",
            ManifestChecks::column,
            "manifest.columns")
        .forEach(
            "order",
            columns(),
            "Rows of {0} are distinct, and in order",
            ManifestChecks::order,
            "manifest.distinct",
            "manifest.order")
        .check(
            "order-of-several",
            "Rows of several columns are in the order of the last in the stated list of columns",
            ManifestChecks::orderOfSeveral,
            "manifest.order")
        .check(
            "everything",
            "Empty filters select everything",
            ManifestChecks::everything,
            "manifest.everything")
        .check(
            "values",
            "GUIDs begin with dg.4DFC/, and GCS_URL is made of bucket, series and instance",
            ManifestChecks::values,
            "manifest.values")
        .check(
            "saved",
            "GET /cohorts/manifest/{cohort_id} gives what the preview gives",
            ManifestChecks::saved,
            "manifest.saved")
        .forEach(
            "saved-refused",
            RefusedRequests.of("manifest.saved-refused"),
            "{0}",
            RefusedRequest::isRefused,
            "manifest.saved-refused")
        .forEach(
            "true-literal",
            RefusedRequests.of("manifest.true-literal"),
            "{0}",
            RefusedRequest::isRefused,
            "manifest.true-literal")
        .forEach(
            "no-column",
            RefusedRequests.of("manifest.no-column"),
            "{0}",
            RefusedRequest::isRefused,
            "manifest.no-column")
        .forEach(
            "first-value",
            RefusedRequests.of("manifest.first-value"),
            "{0}",
            RefusedRequest::isRefused,
            "manifest.first-value")
        .check(
            "first-value-is-true",
            "The first value of a repeated key counts where it is the true one, too",
            ManifestChecks::firstValueIsTrue,
            "manifest.first-value")
        .forEach(
            "unknown-key",
            RefusedRequests.of("manifest.unknown-key"),
            "{0}",
            RefusedRequest::isRefused,
            "manifest.unknown-key")
        .forEach(
            "page-size",
            RefusedRequests.of("manifest.page-size"),
            "{0}",
            RefusedRequest::isRefused,
            "manifest.page-size")
        .forEach(
            "refused-body",
            RefusedRequests.of("manifest.refused-body"),
            "{0}",
            RefusedRequest::isRefused,
            "manifest.refused-body")
        .check(
            "unknown-attributes",
            "A preview refuses unknown attributes and names all of them",
            ManifestChecks::unknownAttributes,
            "manifest.unknown-attributes")
        .check(
            "sql",
            "sql=True shows the SQL; any other value, or none, does not",
            ManifestChecks::sql,
            "manifest.sql")
        .check(
            "sql-of-saved",
            "sql=True shows the SQL of a saved cohort too",
            ManifestChecks::sqlOfSaved,
            "manifest.sql")
        .check(
            "no-rows",
            "A cohort that matches nothing has 0 rows and no token",
            ManifestChecks::noRows,
            "manifest.no-rows")
        .check(
            "empty-name",
            "A preview takes an empty name, and ignores other properties",
            ManifestChecks::emptyName,
            "manifest.empty-name")
        .checks();
  }

  private ManifestChecks() {}

  private static ApiRequest preview(CheckContext context, String... columns) {
    ApiRequest call =
        ApiRequest.post(PREVIEW).json(RequestBodies.ofCollection(context.collection()));
    for (String column : columns) {
      call = call.with(column, "True");
    }
    return call;
  }

  private static Exchange page(CheckContext context, ApiRequest call) {
    return Walk.finish(context, PagedEndpoint.MANIFEST, call);
  }

  private static List<String> columns() {
    return Csv.rows(IdcOpenApi.manifestColumns()).stream().map(row -> row.get("key")).toList();
  }

  private static void column(String column, CheckContext context) {
    Exchange page = page(context, preview(context, column).with("page_size", 5));
    assertThat(PagedEndpoint.MANIFEST.rows(page)).isNotEmpty();
    for (JsonNode row : PagedEndpoint.MANIFEST.rows(page)) {
      assertThat(row.propertyNames()).as("keys of a row").containsExactly(column);
    }
  }

  private static void order(String column, CheckContext context) {
    Exchange page = page(context, preview(context, column).with("page_size", MANY));
    RowOrder order = new RowOrder(List.of(column));
    for (JsonNode row : PagedEndpoint.MANIFEST.rows(page)) {
      int compared = order.compare(row);
      Expect.rule("manifest.distinct", () -> assertThat(compared).as("rows %s", order).isNotZero());
      Expect.rule("manifest.order", () -> assertThat(compared).as("rows %s", order).isPositive());
    }
  }

  private static void orderOfSeveral(CheckContext context) {
    List<String> chosen = new ArrayList<>(columns().subList(0, SORTABLE));
    Collections.shuffle(chosen, context.random("manifest.order"));
    List<String> two = chosen.subList(0, 2);
    String last = columns().stream().filter(two::contains).reduce((a, b) -> b).orElseThrow();
    // The order in which the keys are sent does not matter.
    Exchange page =
        page(context, preview(context, two.toArray(new String[0])).with("page_size", MANY));
    RowOrder order = new RowOrder(List.of(last));
    for (JsonNode row : PagedEndpoint.MANIFEST.rows(page)) {
      assertThat(order.compare(row)).as("rows %s", order).isNotNegative();
    }
  }

  private static void everything(CheckContext context) {
    List<String> ids = new ArrayList<>();
    Walk.of(
            context,
            PagedEndpoint.MANIFEST,
            ApiRequest.post(PREVIEW).with("Collection_ID", "True").json(RequestBodies.of(Map.of())))
        .forEachRemaining(
            page ->
                ids.addAll(PagedEndpoint.MANIFEST.rows(page).findValuesAsString("Collection_ID")));
    assertThat(ids).as("collections of a manifest without filters").contains(context.collection());
    assertThat(ids)
        .as("collections of a manifest without filters, against those of such a query")
        .isEqualTo(Previews.values(context, "collection_id", Map.of()));
  }

  private static void values(CheckContext context) {
    Exchange page =
        page(
            context,
            preview(context, "CRDC_Study_GUID", "CRDC_Series_GUID", "CRDC_Instance_GUID", "GCS_URL")
                .with("page_size", 5));
    for (JsonNode row : PagedEndpoint.MANIFEST.rows(page)) {
      String series = row.path("CRDC_Series_GUID").asString("");
      String instance = row.path("CRDC_Instance_GUID").asString("");
      assertThat(row.path("CRDC_Study_GUID").asString("")).startsWith("dg.4DFC/");
      assertThat(series).startsWith("dg.4DFC/");
      assertThat(instance).startsWith("dg.4DFC/");
      assertThat(row.path("GCS_URL").asString("")).matches("gs://[^/]+/[^/]+/[^/]+\\.dcm");
    }
  }

  private static void saved(CheckContext context) {
    Expect.user(context);
    Map<String, ?> filters = context.someSeries();
    try (SavedCohort cohort = SavedCohort.make(context, filters)) {
      Exchange previewed =
          page(
              context,
              ApiRequest.post(PREVIEW)
                  .with("SeriesInstanceUID", "True")
                  .json(RequestBodies.of(filters)));
      Exchange saved = page(context, cohort.manifest());
      if (saved.json().has("cohort")) {
        assertThat(saved.json().at("/cohort/cohort_id").asLong(-1)).isEqualTo(cohort.id());
      }
      Expect.sameRows(
          "the saved cohort",
          PagedEndpoint.MANIFEST.rows(saved),
          PagedEndpoint.MANIFEST.rows(previewed));
      assertThat(PagedEndpoint.MANIFEST.totalFound(saved))
          .as("totalFound of the saved cohort")
          .isEqualTo(PagedEndpoint.MANIFEST.totalFound(previewed));
    }
  }

  private static void firstValueIsTrue(CheckContext context) {
    page(
        context,
        ApiRequest.post(PREVIEW)
            .with("Patient_ID", "True")
            .with("Patient_ID", "False")
            .json(RequestBodies.ofCollection("no_such_collection")));
  }

  private static void unknownAttributes(CheckContext context) {
    Exchange refused =
        Expect.error(
            context.send(
                ApiRequest.post(PREVIEW)
                    .with("Patient_ID", "True")
                    .json(
                        RequestBodies.of(
                            Map.of("RACE", new String[] {"WHITE"}, "foo", new String[] {"bar"})))),
            400);
    assertThat(refused.json().path("message").asString()).contains("RACE").contains("foo");
  }

  private static void sql(CheckContext context) {
    ApiRequest call = preview(context, "Patient_ID").with("page_size", 1);
    assertThat(shownSql(context, call.with("sql", "True"))).as("sql for sql=True").isNotBlank();
    assertThat(shownSql(context, call.with("sql", "true"))).as("sql for sql=true").isEmpty();
    assertThat(shownSql(context, call)).as("sql without the key").isEmpty();
  }

  private static String shownSql(CheckContext context, ApiRequest call) {
    Exchange shown = context.send(call);
    Skipped.unless(
        shown.status() != 202, "the service answers 202, after which the SQL is not shown");
    return Expect.status(shown, 200).json().at("/cohort/sql").asString("none");
  }

  private static void sqlOfSaved(CheckContext context) {
    Expect.user(context);
    try (SavedCohort cohort = SavedCohort.make(context)) {
      ApiRequest call = cohort.manifest().with("page_size", 1);
      assertThat(shownSql(context, call.with("sql", "True"))).as("sql for sql=True").isNotBlank();
      assertThat(shownSql(context, call)).as("sql without the key").isEmpty();
    }
  }

  private static void noRows(CheckContext context) {
    Exchange page =
        page(
            context,
            ApiRequest.post(PREVIEW)
                .with("Patient_ID", "True")
                .json(RequestBodies.ofCollection("no_such_collection")));
    assertThat(PagedEndpoint.MANIFEST.totalFound(page)).as("totalFound").isZero();
    assertThat(PagedEndpoint.MANIFEST.rows(page)).as("rows").isEmpty();
    assertThat(PagedEndpoint.MANIFEST.token(page)).as("next_page").isEmpty();
  }

  private static void emptyName(CheckContext context) {
    page(
        context,
        ApiRequest.post(PREVIEW)
            .with("Collection_ID", "True")
            .json(
                "{\"name\":\"\",\"description\":\"\",\"zzz\":1,\"filters\":{\"collection_id\":[\""
                    + context.collection()
                    + "\"]}}"));
  }
}
