package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.FIRST_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.NEXT_PAGES;

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

  static final String KIND = "page lost, repeated, reordered, resized, looped";

  /** A token that no service gives. */
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
              answer -> withRows(answer, rows -> withCount(rows, rows.size() - 1)));
          mutants.change(
              KIND,
              "reverse-" + family,
              family + ": the rows of a later page are reversed",
              "paging.order",
              next,
              answer -> answer.editedRows(PageMutants::reverse));
          mutants.change(
              KIND,
              "rows-returned-" + family,
              family + ": rowsReturned of a later page is one too many",
              "paging.rows-returned",
              next,
              answer -> inPart(answer, part -> plus(part, "rowsReturned", 1)));
          mutants.change(
              KIND,
              "total-found-" + family,
              family + ": totalFound of a later page is one too many",
              "paging.total-found",
              next,
              answer -> inPart(answer, part -> plus(part, "totalFound", 1)));
          mutants.add(
              KIND,
              "repeat-row-" + family,
              family + ": a later page begins with the last row of the page before",
              "paging.every-row-once",
              () -> new RepeatedRow(next));
          mutants.add(
              KIND,
              "loop-" + family,
              family + ": a later page has the token that it was asked by",
              "paging.end",
              () ->
                  (request, service) -> {
                    Answer answer = service.send(request);
                    return next.test(request) && answer.status() == 200
                        ? answer.edited(page -> page.put("next_page", request.token()))
                        : answer;
                  });
          mutants.mistake(
              KIND,
              "larger-" + family,
              family + ": a later page has two rows more than were asked for",
              "paging.page-size",
              next.and(request -> request.has("page_size")),
              request -> request.withTarget(larger(request.target())));
          mutants.mistake(
              KIND,
              "default-size-" + family,
              family + ": nextPage without page_size gives one row",
              "paging.default-size",
              next.and(request -> !request.has("page_size")),
              request -> request.withTarget(request.target() + "&page_size=1"));
          mutants.add(
              KIND,
              "changed-size-" + family,
              family + ": a page of another size than the one before lacks its first row",
              "paging.changing-size",
              () -> new FixedSize(next));
          mutants.change(
              "negative input",
              "other-key-" + family,
              family + ": nextPage refuses a key that it does not know",
              "paging.other-keys",
              next.and(request -> request.has("foo=")),
              answer -> Answer.json(400, "{\"code\":400,\"message\":\"Invalid key foo\"}"));
          mutants.add(
              "read twice",
              "read-twice-" + family,
              family + ": a token gives another page when it is sent again",
              "paging.replay",
              () -> new ReadTwice(next));
        });
    for (String family : List.of("manifest", "query")) {
      Predicate<Request> first = FIRST_PAGES.get(family);
      mutants.add(
          KIND,
          "lose-only-row-" + family,
          family + ": there is no token where one row is left after the first page",
          "paging.any-size",
          () ->
              (request, service) -> {
                Answer answer = service.send(request);
                return first.test(request) && size(request) == total(answer) - 1
                    ? answer.edited(page -> page.put("next_page", ""))
                    : answer;
              });
      mutants.add(
          KIND,
          "empty-last-page-" + family,
          family + ": a page that holds every row has a token, of an empty page",
          "paging.only-page",
          () ->
              (request, service) -> {
                if (request.token().equals(EMPTY)) {
                  return TokenMutants.emptyPage(family);
                }
                Answer answer = service.send(request);
                return first.test(request) && size(request) == total(answer) + 1
                    ? answer.edited(page -> page.put("next_page", EMPTY))
                    : answer;
              });
    }
  }

  private static int size(Request request) {
    return request.target().matches(".*page_size=\\d{1,8}(&.*)?")
        ? Integer.parseInt(request.target().replaceAll(".*page_size=(\\d+).*", "$1"))
        : 0;
  }

  private static int total(Answer answer) {
    int[] total = {-10};
    inPart(answer, part -> total[0] = part.path("totalFound").asInt(-10));
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

  static Answer inPart(Answer answer, Consumer<ObjectNode> edit) {
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

  /** Loses the first row of a page whose size is not that of the page before. */
  private static final class FixedSize implements Proxy.Behaviour {
    private final Predicate<Request> next;
    private final Map<String, Integer> sizes = new ConcurrentHashMap<>();

    FixedSize(Predicate<Request> next) {
      this.next = next;
    }

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      Answer answer = service.send(request);
      int size = size(request);
      boolean changed = size > 0 && sizes.getOrDefault(request.token(), size) != size;
      for (String token : answer.tokens()) {
        sizes.put(token, size);
      }
      return changed && next.test(request) && answer.hasRows()
          ? withRows(answer, rows -> rows.remove(0))
          : answer;
    }
  }
}
