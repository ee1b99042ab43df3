package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.FIRST_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.NEXT_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.OPERATIONS;
import static io.github.idc4j.conformance.mutant.Mutants.ifOk;
import static io.github.idc4j.conformance.mutant.PageMutants.inPart;
import static io.github.idc4j.conformance.mutant.PageMutants.plus;
import static io.github.idc4j.conformance.mutant.PageMutants.withCount;
import static io.github.idc4j.conformance.mutant.PageMutants.withRows;

import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults of the contents of a page, and of requested sizes. */
final class RowMutants {

  private static final String SCHEMA = "schema";

  private RowMutants() {}

  static void addTo(Mutants mutants) {
    rows(mutants);
    manifests(mutants);
    queries(mutants);
    sizes(mutants);
    callers(mutants);
  }

  private static boolean requestsManyRows(ProxiedRequest request) {
    return request.has("page_size=500") && !request.text().contains("\"filters\":{}");
  }

  private static boolean isOfUser(ProxiedRequest request) {
    return !request.authorization().isEmpty();
  }

  private static void rows(Mutants mutants) {
    mutants.change(
        PageMutants.KIND,
        "manifest-row-twice",
        "a manifest of one column has its first value twice",
        "manifest.distinct",
        FIRST_PAGES.get("manifest").and(RowMutants::requestsManyRows),
        response -> withRows(response, rows -> rows.insert(0, rows.path(0))));
    mutants.change(
        PageMutants.KIND,
        "manifest-descending",
        "a manifest of one column is sorted descending",
        "manifest.order",
        FIRST_PAGES.get("manifest").and(RowMutants::requestsManyRows),
        response -> response.editedRows(PageMutants::reverse));
    mutants.change(
        PageMutants.KIND,
        "query-descending",
        "a query of three fields is sorted descending",
        "query.order",
        FIRST_PAGES
            .get("query")
            .and(RowMutants::requestsManyRows)
            .and(request -> request.text().matches(".*\"fields\":\\[[^,]*,[^,]*,[^,]*].*")),
        response -> response.editedRows(PageMutants::reverse));
    mutants.change(
        PageMutants.KIND,
        "everything-but-one",
        "a manifest without filters lacks a collection",
        "manifest.everything",
        FIRST_PAGES
            .get("manifest")
            .and(request -> request.has("Collection_ID"))
            .and(request -> request.text().contains("\"filters\":{}")),
        response -> withRows(response, rows -> withCount(rows, rows.size() - 1)));
  }

  private static void manifests(Mutants mutants) {
    Predicate<ProxiedRequest> first = FIRST_PAGES.get("manifest");
    mutants.change(
        SCHEMA,
        "manifest-column",
        "a row of a manifest has a column that was not chosen",
        "manifest.columns",
        first.and(request -> request.target().matches(".*page_size=5(&.*)?")),
        response -> response.editedRows(RowMutants::withColumn));
    mutants.change(
        SCHEMA,
        "guid-without-prefix",
        "a GUID is returned without its prefix",
        "manifest.values",
        first,
        response -> response.withBody(response.text().replace("dg.4DFC/", "")));
    mutants.change(
        SCHEMA,
        "manifest-total-of-none",
        "totalFound of an empty manifest is 1",
        "manifest.no-rows",
        first.and(RowMutants::asksForNone),
        RowMutants::withTotalOfOne);
    sql(
        mutants,
        "manifest-sql-always",
        "a manifest always returns its SQL",
        "manifest.sql",
        first,
        "cohort",
        "SELECT 1");
    sql(
        mutants,
        "manifest-sql-never",
        "a manifest never returns its SQL",
        "manifest.sql",
        first,
        "cohort",
        "");
    sql(
        mutants,
        "saved-manifest-sql",
        "the manifest of a saved cohort always returns its SQL",
        "manifest.sql",
        OPERATIONS.get("getManifest"),
        "cohort",
        "SELECT 1");
  }

  private static void queries(Mutants mutants) {
    Predicate<ProxiedRequest> first = FIRST_PAGES.get("query");
    sql(
        mutants,
        "query-sql-always",
        "a query always returns its SQL",
        "query.sql",
        first,
        "cohort_def",
        "SELECT 1");
    sql(
        mutants,
        "query-sql-never",
        "a query never returns its SQL",
        "query.sql",
        first,
        "cohort_def",
        "");
    mutants.change(
        SCHEMA,
        "query-total-of-none",
        "totalFound of an empty query is 1",
        "query.no-rows",
        first.and(RowMutants::asksForNone),
        RowMutants::withTotalOfOne);
    mutants.change(
        SCHEMA,
        "query-field",
        "a row of a query has a field that was not requested",
        "query.fields",
        first.and(request -> request.text().contains("StudyDate")),
        response -> response.editedRows(RowMutants::withColumn));
    mutants.change(
        SCHEMA,
        "query-echo",
        "cohort_def has another name",
        "query.echo",
        first,
        response ->
            response.edited(
                body -> {
                  if (body.get("cohort_def") instanceof ObjectNode cohort) {
                    cohort.put("name", "cohort");
                  }
                }));
    mutants.change(
        PageMutants.KIND,
        "query-row-twice",
        "a query of one collection has its row twice",
        "query.distinct",
        first
            .and(request -> request.text().contains("\"fields\":[\"collection_id\"]"))
            .and(request -> !request.text().contains("\"filters\":{}")),
        response ->
            inPart(
                withRows(response, rows -> rows.insert(0, rows.path(0))),
                part -> plus(part, "totalFound", 1)));
    mutants.change(
        SCHEMA,
        "surface-area",
        "Surface_area_of returns a column",
        "query.surface-area",
        first.and(request -> request.text().contains("Surface_area_of")),
        response ->
            response.editedRows(
                rows -> rows.forEach(row -> ((ObjectNode) row).putNull("Surface_area_of"))));
    mutants.change(
        SCHEMA,
        "metadata-column",
        "a row of dicomMetadata has an additional column",
        "query.anonymous-dicom-metadata",
        FIRST_PAGES.get("dicomMetadata"),
        response -> response.editedRows(RowMutants::withColumn));
  }

  private static boolean asksForNone(ProxiedRequest request) {
    return request.text().contains("no_such_collection");
  }

  private static void withColumn(ArrayNode rows) {
    rows.forEach(row -> ((ObjectNode) row).putNull("Column"));
  }

  private static ProxiedResponse withTotalOfOne(ProxiedResponse response) {
    return inPart(response, part -> part.put("totalFound", 1));
  }

  private static void sql(
      Mutants mutants,
      String id,
      String what,
      String rule,
      Predicate<ProxiedRequest> when,
      String cohort,
      String sql) {
    mutants.change(
        SCHEMA,
        id,
        what,
        rule,
        when,
        response ->
            response.edited(
                body -> {
                  if (body.get(cohort) instanceof ObjectNode echo) {
                    echo.put("sql", sql);
                  }
                }));
  }

  private static void sizes(Mutants mutants) {
    mutants.change(
        PageMutants.KIND,
        "maximum",
        "a very large page_size is refused",
        "paging.no-maximum",
        request -> request.has("page_size=2147483647"),
        response -> ProxiedResponse.json(400, "{\"code\":400,\"message\":\"too large\"}"));
    NEXT_PAGES.forEach(
        (family, next) ->
            mutants.mistake(
                "negative input",
                "next-page-size-" + family,
                family + ": nextPage accepts a page_size that is not an integer",
                "paging.bad-size",
                next,
                request ->
                    request.withTarget(request.target().replaceAll("page_size=(abc|1.5)", "x=1"))));
  }

  private static void callers(Mutants mutants) {
    mutants.change(
        "auth",
        "metadata-by-caller",
        "dicomMetadata returns one row less to a user",
        "query.dicom-metadata-caller",
        FIRST_PAGES.get("dicomMetadata").and(RowMutants::isOfUser),
        ifOk(response -> withRows(response, rows -> rows.remove(0))));
    mutants.change(
        "token scope",
        "metadata-token-of-a-user",
        "a user cannot use a dicomMetadata token",
        "tokens.nobody",
        NEXT_PAGES.get("dicomMetadata").and(RowMutants::isOfUser),
        response ->
            ProxiedResponse.json(400, "{\"code\":400,\"message\":\"Invalid next_page token\"}"));
  }
}
