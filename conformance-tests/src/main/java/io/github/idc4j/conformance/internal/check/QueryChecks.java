package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.Skipped;
import io.github.idc4j.conformance.rule.Csv;
import io.github.idc4j.openapi.IdcOpenApi;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Checks of queries (fields, bodies and saved cohorts), and of the first call of dicomMetadata. */
final class QueryChecks {

  private static final String PREVIEW = "/cohorts/query/preview";

  static List<Check> all() {
    return new CheckList("query")
        .check(
            "fields", "Rows have exactly the requested fields", QueryChecks::fields, "query.fields")
        .check(
            "echo",
            "A first page repeats the cohort of the request",
            QueryChecks::echo,
            "query.echo")
        .check("sql", "Only sql=True returns the SQL of a query", QueryChecks::sql, "query.sql")
        .check(
            "no-rows",
            "A query that matches nothing has 0 rows and no token",
            QueryChecks::noRows,
            "query.no-rows")
        .check("distinct", "Rows are distinct", QueryChecks::distinct, "query.distinct")
        .check(
            "order",
            "Rows are sorted by all fields, in the order of the request",
            QueryChecks::order,
            "query.order")
        .check(
            "surface-area",
            "Surface_area_of is accepted but returns no column",
            QueryChecks::surfaceArea,
            "query.surface-area")
        .forEach(
            "unknown-field",
            RefusedRequests.of("query.unknown-field"),
            "{0}",
            RefusedRequest::isRefused,
            "query.unknown-field")
        .forEach(
            "refused-body",
            RefusedRequests.of("query.refused-body"),
            "{0}",
            RefusedRequest::isRefused,
            "query.refused-body")
        .forEach(
            "unknown-key",
            RefusedRequests.of("query.unknown-key"),
            "{0}",
            RefusedRequest::isRefused,
            "query.unknown-key")
        .forEach(
            "page-size",
            RefusedRequests.of("query.page-size"),
            "{0}",
            RefusedRequest::isRefused,
            "query.page-size")
        .check(
            "saved",
            "POST /cohorts/query/{cohort_id} returns the rows of the preview",
            QueryChecks::saved,
            "query.saved")
        .forEach(
            "saved-refused",
            RefusedRequests.of("query.saved-refused"),
            "{0}",
            RefusedRequest::isRefused,
            "query.saved-refused")
        .forEach(
            "saved-fields",
            RefusedRequests.of("query.saved-fields"),
            "{0}",
            RefusedRequest::isRefused,
            "query.saved-fields")
        .check(
            "dicom-metadata-of-user",
            "GET /dicomMetadata is the same with and without a token",
            QueryChecks::dicomMetadataOfUser,
            "query.dicom-metadata-caller")
        .check(
            "dicom-metadata",
            "GET /dicomMetadata returns instances with all columns, without authorization",
            QueryChecks::dicomMetadata,
            "query.anonymous-dicom-metadata")
        .checks();
  }

  private QueryChecks() {}

  private static ApiRequest preview(CheckContext context, String... fields) {
    return ApiRequest.post(PREVIEW)
        .json(
            RequestBodies.query(
                Map.of("collection_id", new String[] {context.collection()}), fields));
  }

  private static Exchange page(CheckContext context, ApiRequest call) {
    return Walk.finish(context, PagedEndpoint.QUERY, call);
  }

  private static void fields(CheckContext context) {
    String[] fields =
        Stream.of("SeriesInstanceUID", "Modality", "SliceThickness", "StudyDate")
            .filter(context::offersColumn)
            .toArray(String[]::new);
    Exchange page = page(context, preview(context, fields).with("page_size", 10));
    assertThat(PagedEndpoint.QUERY.rows(page)).as("rows of the page").isNotEmpty();
    for (JsonNode row : PagedEndpoint.QUERY.rows(page)) {
      assertThat(row.propertyNames()).as("keys of a row").containsExactlyInAnyOrder(fields);
    }
  }

  private static void echo(CheckContext context) {
    Exchange first = context.send(preview(context, "Modality"));
    Skipped.unless(
        first.status() != 202,
        "the service returns 202, after which it does not repeat the cohort");
    JsonNode cohort = Expect.status(first, 200).json().path("cohort_def");
    assertThat(cohort.path("name").asString("")).as("name").isEqualTo(RequestBodies.NAME);
    assertThat(cohort.path("description").asString(""))
        .as("description")
        .isEqualTo(RequestBodies.DESCRIPTION);
    assertThat(cohort.at("/filterSet/filters/collection_id/0").asString(""))
        .as("collection_id of filterSet")
        .isEqualTo(context.collection());
  }

  private static void sql(CheckContext context) {
    ApiRequest call = preview(context, "Modality").with("page_size", 1);
    Exchange response = context.send(call.with("sql", "True"));
    Skipped.unless(
        response.status() != 202,
        "the service returns 202, after which it does not return the SQL");
    assertThat(Expect.status(response, 200).json().at("/cohort_def/sql").asString(""))
        .as("cohort_def.sql with sql=True")
        .isNotBlank();
    assertThat(page(context, call.with("sql", "true")).json().at("/cohort_def/sql").asString(""))
        .as("cohort_def.sql with sql=true")
        .isEmpty();
    assertThat(page(context, call).json().at("/cohort_def/sql").asString(""))
        .as("cohort_def.sql without the key sql")
        .isEmpty();
  }

  private static void noRows(CheckContext context) {
    Exchange page =
        page(
            context,
            ApiRequest.post(PREVIEW)
                .json(
                    RequestBodies.query(
                        Map.of("collection_id", List.of("no_such_collection")), "PatientID")));
    assertThat(PagedEndpoint.QUERY.totalFound(page)).as("totalFound").isZero();
    assertThat(PagedEndpoint.QUERY.rows(page)).as("rows").isEmpty();
    assertThat(PagedEndpoint.QUERY.token(page)).as("next_page").isEmpty();
  }

  private static void distinct(CheckContext context) {
    Exchange page = page(context, preview(context, "collection_id"));
    assertThat(PagedEndpoint.QUERY.totalFound(page))
        .as("totalFound of one collection")
        .isEqualTo(1);
  }

  private static void order(CheckContext context) {
    List<String> fields = new ArrayList<>(List.of("Modality", "PatientID", "SeriesInstanceUID"));
    Collections.shuffle(fields, context.random("query.order"));
    Exchange page =
        page(context, preview(context, fields.toArray(new String[0])).with("page_size", 500));
    RowOrder order = new RowOrder(fields);
    for (JsonNode row : PagedEndpoint.QUERY.rows(page)) {
      assertThat(order.compare(row)).as("order of rows %s", order).isPositive();
    }
  }

  private static void surfaceArea(CheckContext context) {
    Exchange page =
        page(context, preview(context, "PatientID", "Surface_area_of").with("page_size", 1));
    for (JsonNode row : PagedEndpoint.QUERY.rows(page)) {
      assertThat(row.propertyNames()).as("keys of a row").containsExactly("PatientID");
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
                  .json(RequestBodies.query(filters, "SeriesInstanceUID", "Modality")));
      Exchange saved = page(context, cohort.query("SeriesInstanceUID", "Modality"));
      Expect.sameRows(
          "rows of the saved cohort, compared with the preview",
          PagedEndpoint.QUERY.rows(saved),
          PagedEndpoint.QUERY.rows(previewed));
      assertThat(PagedEndpoint.QUERY.totalFound(saved))
          .as("totalFound of the saved cohort")
          .isEqualTo(PagedEndpoint.QUERY.totalFound(previewed));
    }
  }

  private static void dicomMetadataOfUser(CheckContext context) {
    Expect.user(context);
    ApiRequest first = ApiRequest.get("/dicomMetadata").with("page_size", 3);
    Expect.sameRows(
        "rows with a token, compared with those without",
        PagedEndpoint.DICOM_METADATA.rows(
            Walk.finish(context, PagedEndpoint.DICOM_METADATA, first.as(Caller.FIRST))),
        PagedEndpoint.DICOM_METADATA.rows(
            Walk.finish(context, PagedEndpoint.DICOM_METADATA, first)));
  }

  private static void dicomMetadata(CheckContext context) {
    List<String> columns =
        Csv.rows(IdcOpenApi.attributes()).stream()
            .filter(row -> row.get("dicom_metadata").equals("yes"))
            .map(row -> row.get("name"))
            .filter(context::offersColumn)
            .toList();
    Exchange page =
        Walk.finish(
            context,
            PagedEndpoint.DICOM_METADATA,
            ApiRequest.get("/dicomMetadata").with("page_size", 10));
    for (JsonNode row : PagedEndpoint.DICOM_METADATA.rows(page)) {
      assertThat(row.propertyNames())
          .as("columns of a row")
          .containsExactlyInAnyOrderElementsOf(columns);
    }
  }
}
