package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.rule.Csv;
import io.github.idc4j.openapi.IdcOpenApi;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Checks of manifest rows: columns, order and values. */
final class ManifestRowChecks {

  /** Number of rows to compare. This many rows are not in order by chance. */
  private static final int MANY_ROWS = 500;

  /**
   * Number of columns at the beginning of the list of columns. These columns contain identifiers,
   * which the service does not compute from other columns.
   */
  private static final int SORTABLE = 5;

  static List<Check> all() {
    return new CheckList("manifest")
        .forEach(
            "column",
            columns(),
            "The column {0} can be chosen alone",
            ManifestRowChecks::column,
            "manifest.columns")
        .forEach(
            "order",
            columns(),
            "Rows of {0} are distinct and in order",
            ManifestRowChecks::order,
            "manifest.distinct",
            "manifest.order")
        .check(
            "order-of-several",
            "Rows of several columns are sorted by the last one in the list of columns",
            ManifestRowChecks::orderOfSeveral,
            "manifest.order")
        .check(
            "everything",
            "Empty filters select everything",
            ManifestRowChecks::everything,
            "manifest.everything")
        .check(
            "values",
            "GUIDs begin with dg.4DFC/, and GCS_URL has bucket, series and instance",
            ManifestRowChecks::values,
            "manifest.values")
        .checks();
  }

  private ManifestRowChecks() {}

  private static Exchange page(CheckContext context, ApiRequest call) {
    return Walk.finish(context, PagedEndpoint.MANIFEST, call);
  }

  private static List<String> columns() {
    return Csv.rows(IdcOpenApi.manifestColumns()).stream().map(row -> row.get("key")).toList();
  }

  private static void column(String column, CheckContext context) {
    Exchange page =
        page(context, Previews.manifestOfCollection(context, column).with("page_size", 5));
    assertThat(PagedEndpoint.MANIFEST.rows(page)).as("rows of the page").isNotEmpty();
    for (JsonNode row : PagedEndpoint.MANIFEST.rows(page)) {
      assertThat(row.propertyNames()).as("keys of a row").containsExactly(column);
    }
  }

  private static void order(String column, CheckContext context) {
    Exchange page =
        page(context, Previews.manifestOfCollection(context, column).with("page_size", MANY_ROWS));
    RowOrder order = new RowOrder(List.of(column));
    for (JsonNode row : PagedEndpoint.MANIFEST.rows(page)) {
      int compared = order.compare(row);
      Expect.rule(
          "manifest.distinct",
          () -> assertThat(compared).as("order of rows %s", order).isNotZero());
      Expect.rule(
          "manifest.order", () -> assertThat(compared).as("order of rows %s", order).isPositive());
    }
  }

  private static void orderOfSeveral(CheckContext context) {
    List<String> chosen = new ArrayList<>(columns().subList(0, SORTABLE));
    Collections.shuffle(chosen, context.random("manifest.order"));
    List<String> two = chosen.subList(0, 2);
    String last = columns().stream().filter(two::contains).reduce((a, b) -> b).orElseThrow();
    // The order of the rows does not depend on the order in which the request lists the columns.
    Exchange page =
        page(
            context,
            Previews.manifestOfCollection(context, two.toArray(new String[0]))
                .with("page_size", MANY_ROWS));
    RowOrder order = new RowOrder(List.of(last));
    for (JsonNode row : PagedEndpoint.MANIFEST.rows(page)) {
      assertThat(order.compare(row)).as("order of rows %s", order).isNotNegative();
    }
  }

  private static void everything(CheckContext context) {
    List<String> ids = new ArrayList<>();
    Walk.of(
            context,
            PagedEndpoint.MANIFEST,
            ApiRequest.post("/cohorts/manifest/preview")
                .with("Collection_ID", "True")
                .json(RequestBodies.of(Map.of())))
        .forEachRemaining(
            page ->
                ids.addAll(PagedEndpoint.MANIFEST.rows(page).findValuesAsString("Collection_ID")));
    assertThat(ids).as("collections of a manifest without filters").contains(context.collection());
    assertThat(ids)
        .as("collections of a manifest without filters, compared with those of a query")
        .isEqualTo(Previews.values(context, "collection_id", Map.of()));
  }

  private static void values(CheckContext context) {
    Exchange page =
        page(
            context,
            Previews.manifestOfCollection(
                    context, "CRDC_Study_GUID", "CRDC_Series_GUID", "CRDC_Instance_GUID", "GCS_URL")
                .with("page_size", 5));
    for (JsonNode row : PagedEndpoint.MANIFEST.rows(page)) {
      String series = row.path("CRDC_Series_GUID").asString("");
      String instance = row.path("CRDC_Instance_GUID").asString("");
      assertThat(row.path("CRDC_Study_GUID").asString(""))
          .as("CRDC_Study_GUID")
          .startsWith("dg.4DFC/");
      assertThat(series).as("CRDC_Series_GUID").startsWith("dg.4DFC/");
      assertThat(instance).as("CRDC_Instance_GUID").startsWith("dg.4DFC/");
      assertThat(row.path("GCS_URL").asString(""))
          .as("GCS_URL")
          .matches("gs://[^/]+/[^/]+/[^/]+\\.dcm");
    }
  }
}
