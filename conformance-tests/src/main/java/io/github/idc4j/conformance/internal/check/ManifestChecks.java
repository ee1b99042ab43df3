package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.Skipped;
import java.util.List;
import java.util.Map;

/** Checks of manifest requests: query keys, bodies, SQL and saved cohorts. */
final class ManifestChecks {

  private static final String PREVIEW = "/cohorts/manifest/preview";

  static List<Check> all() {
    return new CheckList("manifest")
        .check(
            "saved",
            "GET /cohorts/manifest/{cohort_id} returns the rows of the preview",
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
            "The first value of a repeated key also counts if it is True",
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
            "A preview refuses unknown attributes, and the message names all of them",
            ManifestChecks::unknownAttributes,
            "manifest.unknown-attributes")
        .check("sql", "Only sql=True returns the SQL", ManifestChecks::sql, "manifest.sql")
        .check(
            "sql-of-saved",
            "Only sql=True returns the SQL of a saved cohort",
            ManifestChecks::sqlOfSaved,
            "manifest.sql")
        .check(
            "no-rows",
            "A cohort that matches nothing has 0 rows and no token",
            ManifestChecks::noRows,
            "manifest.no-rows")
        .check(
            "empty-name",
            "A preview accepts an empty name and ignores additional properties",
            ManifestChecks::emptyName,
            "manifest.empty-name")
        .checks();
  }

  private ManifestChecks() {}

  private static Exchange page(CheckContext context, ApiRequest call) {
    return Walk.finish(context, PagedEndpoint.MANIFEST, call);
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
        assertThat(saved.json().at("/cohort/cohort_id").asLong(-1))
            .as("cohort_id")
            .isEqualTo(cohort.id());
      }
      Expect.sameRows(
          "rows of the saved cohort, compared with the preview",
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
    assertThat(refused.json().path("message").asString())
        .as("message")
        .contains("RACE")
        .contains("foo");
  }

  private static void sql(CheckContext context) {
    ApiRequest call = Previews.manifestOfCollection(context, "Patient_ID").with("page_size", 1);
    assertThat(returnedSql(context, call.with("sql", "True")))
        .as("cohort.sql with sql=True")
        .isNotBlank();
    assertThat(returnedSql(context, call.with("sql", "true")))
        .as("cohort.sql with sql=true")
        .isEmpty();
    assertThat(returnedSql(context, call)).as("cohort.sql without the key sql").isEmpty();
  }

  private static String returnedSql(CheckContext context, ApiRequest call) {
    Exchange response = context.send(call);
    Skipped.unless(
        response.status() != 202,
        "the service returns 202, after which it does not return the SQL");
    return Expect.status(response, 200).json().at("/cohort/sql").asString("none");
  }

  private static void sqlOfSaved(CheckContext context) {
    Expect.user(context);
    try (SavedCohort cohort = SavedCohort.make(context)) {
      ApiRequest call = cohort.manifest().with("page_size", 1);
      assertThat(returnedSql(context, call.with("sql", "True")))
          .as("cohort.sql with sql=True")
          .isNotBlank();
      assertThat(returnedSql(context, call)).as("cohort.sql without the key sql").isEmpty();
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
