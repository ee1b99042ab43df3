package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.NEXT_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.token;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults of walks: rows and pages that are lost, repeated, reordered, resized or looped. */
final class PageMutants {

  private PageMutants() {}

  static void addTo(Mutants mutants) {
    pages(mutants);
  }

  private static void pages(Mutants mutants) {
    NEXT_PAGES.forEach(
        (family, next) -> {
          String kind = "page lost, repeated, reordered, resized, looped";
          mutants.change(
              kind,
              "lose-last-row-" + family,
              family + ": each later page lacks its last row",
              "paging.every-row-once",
              next,
              answer -> withRows(answer, rows -> withCount(rows, rows.size() - 1)));
          mutants.change(
              kind,
              "reverse-" + family,
              family + ": the rows of a later page are reversed",
              "paging.order",
              next,
              answer -> answer.editedRows(PageMutants::reverse));
          mutants.change(
              kind,
              "rows-returned-" + family,
              family + ": rowsReturned of a later page is one too many",
              "paging.rows-returned",
              next,
              answer ->
                  inPart(
                      answer,
                      part -> part.put("rowsReturned", part.path("rowsReturned").asInt() + 1)));
          mutants.change(
              kind,
              "total-found-" + family,
              family + ": totalFound of a later page is one too many",
              "paging.total-found",
              next,
              answer ->
                  inPart(
                      answer, part -> part.put("totalFound", part.path("totalFound").asInt() + 1)));
          mutants.add(
              kind,
              "repeat-row-" + family,
              family + ": a later page begins with the last row of the page before",
              "paging.every-row-once",
              () -> new RepeatedRow(next));
          mutants.add(
              kind,
              "loop-" + family,
              family + ": a later page has the token that it was asked by",
              "paging.end",
              () ->
                  (request, service) -> {
                    Answer answer = service.send(request);
                    return next.test(request) && answer.status() == 200
                        ? answer.edited(page -> page.put("next_page", token(request)))
                        : answer;
                  });
          mutants.mistake(
              kind,
              "larger-" + family,
              family + ": a later page has two rows more than were asked for",
              "paging.page-size",
              next.and(request -> request.has("page_size")),
              request -> request.withTarget(larger(request.target())));
          mutants.mistake(
              kind,
              "default-size-" + family,
              family + ": nextPage without page_size gives one row",
              "paging.default-size",
              next.and(request -> !request.has("page_size")),
              request -> request.withTarget(request.target() + "&page_size=1"));
          mutants.add(
              "read twice",
              "read-twice-" + family,
              family + ": a token gives another page when it is sent again",
              "paging.replay",
              () -> new ReadTwice(next));
        });
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

  private static Answer inPart(Answer answer, Consumer<ObjectNode> edit) {
    return answer.edited(
        page -> {
          for (String name : List.of("manifest", "query_results")) {
            if (page.get(name) instanceof ObjectNode part) {
              edit.accept(part);
            }
          }
        });
  }

  /** Changes the rows of a page, and says how many there are. */
  static Answer withRows(Answer answer, Consumer<ArrayNode> edit) {
    return inPart(
        answer.editedRows(edit),
        part ->
            part.put("rowsReturned", part.path("json_manifest").size() + part.path("json").size()));
  }

  static void withCount(ArrayNode rows, int size) {
    while (!rows.isEmpty() && rows.size() > size) {
      rows.remove(rows.size() - 1);
    }
  }

  /** Puts the last row of the page before in the place of a page's first. */
  private static final class RepeatedRow implements Proxy.Behaviour {
    private final Predicate<Request> next;
    private final Map<String, JsonNode> last = new ConcurrentHashMap<>();

    RepeatedRow(Predicate<Request> next) {
      this.next = next;
    }

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      Answer answer = service.send(request);
      JsonNode before = next.test(request) ? last.get("row") : null;
      answer.editedRows(rows -> last.put("row", rows.path(rows.size() - 1)));
      return before == null
          ? answer
          : answer.editedRows(
              rows -> {
                if (!rows.isEmpty()) {
                  rows.set(0, before);
                }
              });
    }
  }

  /** Loses the first row of a page that is read again. */
  private static final class ReadTwice implements Proxy.Behaviour {
    private final Predicate<Request> next;
    private final Map<String, Integer> read = new ConcurrentHashMap<>();

    ReadTwice(Predicate<Request> next) {
      this.next = next;
    }

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      Answer answer = service.send(request);
      boolean again = next.test(request) && read.merge(request.target(), 1, Integer::sum) > 1;
      return again && answer.hasRows() ? answer.editedRows(rows -> rows.remove(0)) : answer;
    }
  }
}
