package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.FIRST_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.NEXT_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.ifOk;
import static io.github.idc4j.conformance.mutant.PageMutants.withCount;
import static io.github.idc4j.conformance.mutant.PageMutants.withRows;

/** Faults of what a page holds, and of the sizes that are asked for. */
final class RowMutants {

  private static final String PAGES = "page lost, repeated, reordered, resized, looped";

  private RowMutants() {}

  static void addTo(Mutants mutants) {
    rows(mutants);
    sizes(mutants);
    callers(mutants);
  }

  private static boolean asksForMany(Request request) {
    return request.has("page_size=500") && !request.text().contains("\"filters\":{}");
  }

  private static boolean isOfUser(Request request) {
    return !request.authorization().isEmpty();
  }

  private static void rows(Mutants mutants) {
    mutants.change(
        PAGES,
        "manifest-row-twice",
        "a manifest of one column has its first value twice",
        "manifest.distinct",
        FIRST_PAGES.get("manifest").and(RowMutants::asksForMany),
        answer -> withRows(answer, rows -> rows.insert(0, rows.path(0))));
    mutants.change(
        PAGES,
        "manifest-descending",
        "a manifest of one column is sorted descending",
        "manifest.order",
        FIRST_PAGES.get("manifest").and(RowMutants::asksForMany),
        answer -> answer.editedRows(PageMutants::reverse));
    mutants.change(
        PAGES,
        "query-descending",
        "a query of three fields is sorted descending",
        "query.order",
        FIRST_PAGES
            .get("query")
            .and(RowMutants::asksForMany)
            .and(request -> request.text().matches(".*\"fields\":\\[[^,]*,[^,]*,[^,]*].*")),
        answer -> answer.editedRows(PageMutants::reverse));
    mutants.change(
        PAGES,
        "everything-but-one",
        "a manifest without filters lacks a collection",
        "manifest.everything",
        FIRST_PAGES
            .get("manifest")
            .and(request -> request.has("Collection_ID"))
            .and(request -> request.text().contains("\"filters\":{}")),
        answer -> withRows(answer, rows -> withCount(rows, rows.size() - 1)));
  }

  private static void sizes(Mutants mutants) {
    mutants.change(
        PAGES,
        "maximum",
        "a very large page_size is refused",
        "paging.no-maximum",
        request -> request.has("page_size=2147483647"),
        answer -> Answer.json(400, "{\"code\":400,\"message\":\"too large\"}"));
    NEXT_PAGES.forEach(
        (family, next) ->
            mutants.mistake(
                "negative input",
                "next-page-size-" + family,
                family + ": nextPage takes a page_size that is no integer",
                "paging.bad-size",
                next,
                request ->
                    request.withTarget(request.target().replaceAll("page_size=(abc|1.5)", "x=1"))));
  }

  private static void callers(Mutants mutants) {
    mutants.change(
        "auth",
        "metadata-by-caller",
        "dicomMetadata shows a user one row less",
        "query.dicom-metadata-caller",
        FIRST_PAGES.get("dicomMetadata").and(RowMutants::isOfUser),
        ifOk(answer -> withRows(answer, rows -> rows.remove(0))));
    mutants.change(
        "token scope",
        "metadata-token-of-a-user",
        "a dicomMetadata token is refused to a user",
        "tokens.nobody",
        NEXT_PAGES.get("dicomMetadata").and(RowMutants::isOfUser),
        answer -> Answer.json(400, "{\"code\":400,\"message\":\"Invalid next_page token\"}"));
  }
}
