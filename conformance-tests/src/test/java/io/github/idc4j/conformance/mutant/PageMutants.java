package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.FIRST_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.NEXT_PAGES;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults of paging: rows and pages are lost, repeated, reordered, resized or looped. */
final class PageMutants {

  static final String KIND = "page lost, repeated, reordered, resized, looped";

  private static final int DEFAULT_SIZE = 1000;

  /** A token that no service returns. */
  private static final String EMPTY = "empty".repeat(60);

  private PageMutants() {}

  static void addTo(Mutants mutants) {
    NEXT_PAGES.forEach(
        (family, next) -> {
          mutants.change(
              KIND,
              "lose-last-row-" + family,
              family + ": each later page lacks its last row",
              "paging.every-row-once",
              next,
              response -> withRows(response, rows -> withCount(rows, rows.size() - 1)));
          mutants.change(
              KIND,
              "reverse-" + family,
              family + ": the rows of a later page are reversed",
              "paging.order",
              next,
              response -> response.editedRows(PageMutants::reverse));
          mutants.change(
              KIND,
              "rows-returned-" + family,
              family + ": rowsReturned of a later page is one too many",
              "paging.rows-returned",
              next,
              response -> inPart(response, part -> plus(part, "rowsReturned", 1)));
          mutants.change(
              KIND,
              "total-found-" + family,
              family + ": totalFound of a later page is one too many",
              "paging.total-found",
              next,
              response -> inPart(response, part -> plus(part, "totalFound", 1)));
          mutants.add(
              KIND,
              "repeat-row-" + family,
              family + ": a later page begins with the last row of the previous page",
              "paging.every-row-once",
              () -> new PageFaults.RepeatedRow(next));
          mutants.add(
              KIND,
              "loop-" + family,
              family + ": a later page has the token of its own request",
              "paging.end",
              () ->
                  (request, service) -> {
                    ProxiedResponse response = service.send(request);
                    return next.test(request) && response.status() == 200
                        ? response.edited(page -> page.put("next_page", request.token()))
                        : response;
                  });
          mutants.add(
              KIND,
              "loop-fresh-" + family,
              family + ": each later page is the second page again, with a new token",
              "paging.end",
              () -> new PageFaults.FreshLoop(next));
          mutants.mistake(
              KIND,
              "default-100-" + family,
              family + ": the default of page_size is 100",
              "paging.default-size",
              unsized(family),
              request -> sized(request, 100));
          mutants.mistake(
              KIND,
              "default-5000-" + family,
              family + ": the default of page_size is 5000",
              "paging.default-size",
              unsized(family),
              request -> sized(request, 5000));
          mutants.mistake(
              KIND,
              "larger-" + family,
              family + ": a later page has two rows more than page_size",
              "paging.page-size",
              next.and(request -> request.has("page_size")),
              request -> request.withTarget(larger(request.target())));
          mutants.mistake(
              KIND,
              "default-size-" + family,
              family + ": nextPage without page_size returns one row",
              "paging.default-size",
              next.and(request -> request.has("next_page") && !request.has("page_size")),
              request -> request.withTarget(request.target() + "&page_size=1"));
          mutants.add(
              KIND,
              "changed-size-" + family,
              family + ": a page of another size than the previous page lacks its first row",
              "paging.changing-size",
              () -> new PageFaults.FixedSize(next));
          mutants.change(
              "negative input",
              "other-key-" + family,
              family + ": nextPage refuses an unknown key",
              "paging.other-keys",
              next.and(request -> request.has("foo=")),
              response ->
                  ProxiedResponse.json(400, "{\"code\":400,\"message\":\"Invalid key foo\"}"));
          mutants.add(
              "read twice",
              "read-twice-" + family,
              family + ": a token returns another page the second time",
              "paging.replay",
              () -> new PageFaults.ReadTwice(next));
        });
    mutants.change(
        KIND,
        "by-seven-dicomMetadata",
        "dicomMetadata: later pages of seven rows lack their last row",
        "paging.any-size",
        NEXT_PAGES.get("dicomMetadata").and(request -> size(request) == 7),
        response -> withRows(response, rows -> withCount(rows, 6)));
    FIRST_PAGES.forEach(
        (family, first) ->
            mutants.change(
                KIND,
                "cut-at-1000-" + family,
                family + ": a page of over 1,000 rows is cut after 1,000 and has no token",
                "paging.every-row-once",
                first.and(request -> size(request) > DEFAULT_SIZE),
                response ->
                    total(response) > DEFAULT_SIZE
                        ? withRows(response, rows -> withCount(rows, DEFAULT_SIZE))
                            .edited(page -> page.put("next_page", ""))
                        : response));
    for (String family : List.of("manifest", "query")) {
      Predicate<ProxiedRequest> first = FIRST_PAGES.get(family);
      mutants.add(
          KIND,
          "lose-only-row-" + family,
          family + ": the first page has no token if one row remains",
          "paging.any-size",
          () ->
              (request, service) -> {
                ProxiedResponse response = service.send(request);
                return first.test(request) && size(request) == total(response) - 1
                    ? response.edited(page -> page.put("next_page", ""))
                    : response;
              });
      mutants.add(
          KIND,
          "empty-last-page-" + family,
          family + ": a page with all rows has the token of an empty page",
          "paging.only-page",
          () ->
              (request, service) -> {
                if (request.token().equals(EMPTY)) {
                  return TokenMutants.emptyPage(family);
                }
                ProxiedResponse response = service.send(request);
                return first.test(request) && holdsAll(response)
                    ? response.edited(page -> page.put("next_page", EMPTY))
                    : response;
              });
    }
  }

  static int size(ProxiedRequest request) {
    return request.target().matches(".*page_size=\\d{1,8}(&.*)?")
        ? Integer.parseInt(request.target().replaceAll(".*page_size=(\\d+).*", "$1"))
        : 0;
  }

  private static Predicate<ProxiedRequest> unsized(String family) {
    return request ->
        request.is("GET|POST", "(/cohorts)?/" + family + "(/.*)?") && !request.has("page_size");
  }

  private static ProxiedRequest sized(ProxiedRequest request, int size) {
    return request.withTarget(
        request.target() + (request.has("?") ? "&" : "?") + "page_size=" + size);
  }

  private static boolean holdsAll(ProxiedResponse response) {
    boolean[] all = {false};
    inPart(
        response,
        part ->
            all[0] =
                part.path("rowsReturned").asInt() > 0
                    && part.path("rowsReturned").equals(part.path("totalFound")));
    return all[0];
  }

  private static int total(ProxiedResponse response) {
    int[] total = {-10};
    inPart(response, part -> total[0] = part.path("totalFound").asInt(-10));
    return total[0];
  }

  private static String larger(String target) {
    int size = Integer.parseInt(target.replaceAll(".*page_size=(\\d+).*", "$1"));
    return target.replaceAll("page_size=\\d+", "page_size=" + (size + 2));
  }

  static void reverse(ArrayNode rows) {
    List<JsonNode> all = new ArrayList<>();
    rows.forEach(row -> all.add(0, row));
    rows.removeAll();
    all.forEach(rows::add);
  }

  static void plus(ObjectNode part, String count, int more) {
    part.put(count, part.path(count).asInt() + more);
  }

  static ProxiedResponse inPart(ProxiedResponse response, Consumer<ObjectNode> edit) {
    return response.edited(
        page -> {
          for (String name : List.of("manifest", "query_results")) {
            if (page.get(name) instanceof ObjectNode part) {
              edit.accept(part);
            }
          }
        });
  }

  /** Changes the rows of a page and its rowsReturned. */
  static ProxiedResponse withRows(ProxiedResponse response, Consumer<ArrayNode> edit) {
    return inPart(
        response.editedRows(edit),
        part ->
            part.put("rowsReturned", part.path("json_manifest").size() + part.path("json").size()));
  }

  static void withCount(ArrayNode rows, int size) {
    while (!rows.isEmpty() && rows.size() > size) {
      rows.remove(rows.size() - 1);
    }
  }
}
