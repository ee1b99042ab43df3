package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.RuleViolation;
import io.github.idc4j.conformance.internal.http.Skipped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The laws of paging, for each endpoint. */
final class PagingChecks {

  /** A larger result is not walked to its end, but some pages of it. */
  private static final long MAX_ROWS = 250_000;

  private static final long PAGE_SIZE_OF_A_PART = 1000;

  /** A service may make its pages as small as it likes; a walk that takes more is left off. */
  private static final long MAX_PAGES = 250;

  /** The page size where none is said. */
  private static final int DEFAULT_SIZE = 1000;

  private static final int LARGEST_OF_THE_SMALL_SIZES = 7;

  /** A walk by a small size that would take more requests is walked in part. */
  private static final long MAX_SMALL_PAGES = 20;

  private static final long SMALL_PAGES = 4;

  private static final int CHANGES = 4;
  private static final int MAX_CHANGED_SIZE = 5;

  /** The law that matters most; what else is broken in a walk follows from it. */
  private static void walk(PagedEndpoint endpoint, CheckContext context) {
    long total = endpoint.totalFound(Pages.first(context, endpoint, 1));
    Skipped.unless(total > 1, "the result has only " + total + " rows");
    boolean small = total <= MAX_ROWS;
    long pageSize = small ? Walk.pageSize(total) : PAGE_SIZE_OF_A_PART;
    List<Page> pages = new ArrayList<>();
    RowOrder order = new RowOrder(endpoint.order());
    Walk walk = Walk.of(context, endpoint, pageSize);
    while (walk.hasNext() && pages.size() < (small ? MAX_PAGES : Walk.PAGES)) {
      Exchange page = walk.next();
      JsonNode rows = endpoint.identities(page);
      pages.add(new Page(page.request(), rows.size()));
      Expect.rule(
          "paging.rows-returned",
          () ->
              assertThat(endpoint.rowsReturned(page))
                  .as("rowsReturned of page %d", pages.size())
                  .isEqualTo(rows.size()));
      Expect.rule(
          "paging.page-size",
          () ->
              assertThat((long) rows.size())
                  .as("number of rows of page %d", pages.size())
                  .isLessThanOrEqualTo(pageSize));
      Expect.rule(
          "paging.total-found",
          () ->
              assertThat(endpoint.totalFound(page))
                  .as("totalFound of page %d", pages.size())
                  .isEqualTo(total));
      for (JsonNode row : rows) {
        if (order.compare(row) < 0) {
          throw new RuleViolation("paging.order", "rows " + order + " on page " + pages.size());
        }
      }
    }
    Skipped.unless(
        !walk.hasNext(),
        () ->
            "the rules hold on the first %d pages; %d rows are too many for a whole walk"
                .formatted(pages.size(), total));
    if (walk.rows() < total) {
      tellLostRow(context, endpoint, pageSize, walk, pages);
    }
    assertThat(walk.rows())
        .as("number of rows of all %d pages, compared with totalFound", pages.size())
        .isEqualTo(total);
  }

  /** A page of a walk, without its rows, which may be many. */
  private record Page(ApiRequest call, int rows) {}

  static List<Check> all() {
    return new CheckList("paging")
        .forEach(
            "walk",
            List.of(PagedEndpoint.values()),
            "{0}: a walk gives every row once, in order",
            PagingChecks::walk,
            "paging.every-row-once",
            "paging.rows-returned",
            "paging.page-size",
            "paging.total-found",
            "paging.order",
            "paging.end")
        .forEach(
            "changing-size",
            List.of(PagedEndpoint.values()),
            "{0}: page_size may change within a walk",
            PagingChecks::changingSize,
            "paging.changing-size")
        .forEach(
            "any-size",
            List.of(PagedEndpoint.values()),
            "{0}: any page size gives the same rows",
            PagingChecks::anySize,
            "paging.any-size")
        .forEach(
            "replay",
            List.of(PagedEndpoint.values()),
            "{0}: the same token gives the same page",
            PagingChecks::replay,
            "paging.replay")
        .forEach(
            "default-size",
            List.of(PagedEndpoint.values()),
            "{0}: page_size is 1000 where it is not said, on nextPage too",
            PagingChecks::defaultSize,
            "paging.default-size")
        .forEach(
            "only-page",
            List.of(PagedEndpoint.MANIFEST, PagedEndpoint.QUERY),
            "{0}: a page that holds everything has no token",
            PagingChecks::onlyPage,
            "paging.only-page")
        .forEach(
            "bad-size",
            List.of(PagedEndpoint.values()),
            "{0}: nextPage refuses a page_size that is no integer",
            PagingChecks::badSize,
            "paging.bad-size")
        .forEach(
            "no-maximum",
            List.of(PagedEndpoint.MANIFEST, PagedEndpoint.QUERY),
            "{0}: page_size has no maximum",
            PagingChecks::noMaximum,
            "paging.no-maximum")
        .forEach(
            "other-keys",
            List.of(PagedEndpoint.values()),
            "{0}: nextPage ignores other query keys, and takes a final slash",
            PagingChecks::otherKeys,
            "paging.other-keys")
        .checks();
  }

  private PagingChecks() {}

  /** Looks a lost row up by a walk in other pages, and asks again for the page that lost it. */
  private static void tellLostRow(
      CheckContext context, PagedEndpoint endpoint, long pageSize, Walk walk, List<Page> pages) {
    long otherSize = 2 * pageSize + 1;
    int page = 1;
    Walk other = Walk.of(context, endpoint, otherSize);
    while (other.hasNext()) {
      for (JsonNode row : endpoint.identities(other.next())) {
        Optional<Integer> there = walk.pageOf(row);
        if (there.isPresent()) {
          page = there.get();
          continue;
        }
        if (pages.get(page - 1).rows() == pageSize && page < pages.size()) {
          page++;
        }
        context.send(pages.get(page - 1).call());
        throw new RuleViolation(
            "paging.every-row-once",
            ("a walk with page_size=%d lost the row %s, which a walk with page_size=%d has; it"
                    + " belongs to page %d")
                .formatted(pageSize, endpoint.identity(row), otherSize, page));
      }
    }
  }

  private static void changingSize(PagedEndpoint endpoint, CheckContext context) {
    Random random = context.random("paging.changing-size");
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    Exchange page = Pages.first(context, endpoint, 1);
    Skipped.unless(endpoint.totalFound(page) > 1, "the result has no second row");
    endpoint.rows(page).forEach(rows::add);
    for (int i = 0; i < CHANGES && !endpoint.token(page).isEmpty(); i++) {
      page =
          Pages.next(
              context, endpoint, endpoint.token(page), 1L + random.nextInt(MAX_CHANGED_SIZE));
      endpoint.rows(page).forEach(rows::add);
    }
    assertThat(rows.size()).as("rows of several pages").isGreaterThan(1);
    JsonNode straight = endpoint.rows(Pages.first(context, endpoint, rows.size()));
    // Either side may have fewer rows than requested.
    int compared = Math.min(rows.size(), straight.size());
    Expect.sameRows(
        "rows of several pages",
        rows.valueStream().limit(compared).toList(),
        straight.valueStream().limit(compared).toList());
  }

  /** A few rows are walked by every size; of many the first pages, by the small sizes only. */
  private static void anySize(PagedEndpoint endpoint, CheckContext context) {
    ApiRequest begin = endpoint.beginSome(context);
    Exchange page = Walk.finish(context, endpoint, begin);
    long total = endpoint.totalFound(page);
    Skipped.unless(total > 1, "the result has only " + total + " rows");
    boolean few = total <= DEFAULT_SIZE;
    List<JsonNode> expected =
        few
            ? Pages.rows(endpoint, Walk.of(context, endpoint, begin), total)
            : endpoint.rows(page).valueStream().toList();
    for (long size : LongStream.of(1, 2, 7, total - 1, total, total + 1).distinct().toArray()) {
      if (size > LARGEST_OF_THE_SMALL_SIZES && !few) {
        continue;
      }
      long most = total / size <= MAX_SMALL_PAGES ? total + 1 : SMALL_PAGES * size;
      if (!few) {
        most = Math.min(most, expected.size());
      }
      Expect.sameRows(
          "rows of a walk by " + size,
          Pages.rows(endpoint, Walk.of(context, endpoint, begin.with("page_size", size)), most),
          expected.subList(0, Math.toIntExact(Math.min(most, expected.size()))));
    }
    context.observed(
        few
            ? "all %d rows by each size".formatted(total)
            : ("the first %d pages by 1, 2 and 7; the sizes around all %d rows are left out, as so"
                    + " many are no good page")
                .formatted(SMALL_PAGES, total));
  }

  private static void replay(PagedEndpoint endpoint, CheckContext context) {
    String token = Pages.token(context, endpoint);
    Exchange once = Pages.next(context, endpoint, token, 2);
    Exchange again = Pages.next(context, endpoint, token, 2);
    Expect.sameRows("the second time", endpoint.rows(again), endpoint.rows(once));
  }

  /** A page may hold fewer rows than asked for, so that only the same service shows how many. */
  private static void defaultSize(PagedEndpoint endpoint, CheckContext context) {
    ApiRequest begin = instances(endpoint, context);
    Exchange first = Walk.finish(context, endpoint, begin);
    sameSize("a first page", endpoint, first, Walk.finish(context, endpoint, sized(begin)));
    Exchange small = Walk.finish(context, endpoint, begin.with("page_size", 1));
    String token = endpoint.token(small);
    long total = endpoint.totalFound(small);
    Skipped.unless(!token.isEmpty() || total > 1, "there is no second page of one row");
    ApiRequest next = endpoint.next(token);
    sameSize(
        "a second page, after one of 1",
        endpoint,
        Walk.finish(context, endpoint, next),
        Walk.finish(context, endpoint, sized(next)));
    if (total <= DEFAULT_SIZE) {
      context.observed(
          "a default of more than the " + total + " rows of the result would not be noticed");
    }
  }

  private static ApiRequest sized(ApiRequest call) {
    return call.with("page_size", DEFAULT_SIZE);
  }

  private static void sameSize(
      String what, PagedEndpoint endpoint, Exchange unsized, Exchange sized) {
    assertThat(endpoint.rows(unsized).size())
        .as("rows of %s without page_size, against one with page_size=%d", what, DEFAULT_SIZE)
        .isEqualTo(endpoint.rows(sized).size());
  }

  /** Returns a first call whose result has more rows than others. */
  private static ApiRequest instances(PagedEndpoint endpoint, CheckContext context) {
    return switch (endpoint) {
      case MANIFEST ->
          ApiRequest.post("/cohorts/manifest/preview")
              .with("SOPInstanceUID", "True")
              .json(RequestBodies.ofCollection(context.collection()));
      case QUERY ->
          ApiRequest.post("/cohorts/query/preview")
              .json(
                  RequestBodies.query(
                      Map.of("collection_id", Previews.collection(context)), "SOPInstanceUID"));
      case DICOM_METADATA -> endpoint.begin(context);
    };
  }

  private static void onlyPage(PagedEndpoint endpoint, CheckContext context) {
    Exchange page = Pages.whole(context, endpoint);
    assertThat(endpoint.token(page)).as("token of a page that holds every row").isEmpty();
  }

  private static void badSize(PagedEndpoint endpoint, CheckContext context) {
    String token = Pages.token(context, endpoint);
    Expect.error(context.send(endpoint.next(token).with("page_size", "abc")), 400);
    Expect.error(context.send(endpoint.next(token).with("page_size", "1.5")), 400);
  }

  private static void noMaximum(PagedEndpoint endpoint, CheckContext context) {
    Exchange page = Pages.first(context, endpoint, Integer.MAX_VALUE);
    assertThat(endpoint.rows(page)).as("rows of a page").isNotEmpty();
  }

  private static void otherKeys(PagedEndpoint endpoint, CheckContext context) {
    ApiRequest next = endpoint.next(Pages.token(context, endpoint)).with("page_size", 2);
    Walk.finish(context, endpoint, next.with("foo", 1));
    Walk.finish(context, endpoint, next.withFinalSlash());
  }
}
