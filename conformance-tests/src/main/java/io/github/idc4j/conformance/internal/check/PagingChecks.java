package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.RuleViolation;
import io.github.idc4j.conformance.internal.http.Skipped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Checks of the rows, order and page tokens of pages, for each paged endpoint. */
final class PagingChecks {

  /**
   * Maximum number of rows to fetch. If a result has more rows, the check fetches only the first
   * pages.
   */
  private static final long MAX_ROWS = 250_000;

  private static final long PAGE_SIZE_OF_A_PART = 1000;

  /**
   * Maximum number of pages to fetch. The check needs a limit, because a service may return smaller
   * pages than requested.
   */
  private static final long MAX_PAGES = 250;

  static List<Check> all() {
    return new CheckList("paging")
        .forEach(
            "walk",
            List.of(PagedEndpoint.values()),
            "{0}: the pages of a result contain every row once, in order",
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
            "{0}: page_size may change from page to page",
            PageSizeChecks::changingSize,
            "paging.changing-size")
        .forEach(
            "any-size",
            List.of(PagedEndpoint.values()),
            "{0}: every page size returns the same rows",
            PageSizeChecks::anySize,
            "paging.any-size")
        .forEach(
            "replay",
            List.of(PagedEndpoint.values()),
            "{0}: the same token returns the same page",
            PagingChecks::replay,
            "paging.replay")
        .forEach(
            "default-size",
            List.of(PagedEndpoint.values()),
            "{0}: page_size is 1000 by default, on nextPage too",
            PageSizeChecks::defaultSize,
            "paging.default-size",
            "paging.every-row-once")
        .forEach(
            "only-page",
            List.of(PagedEndpoint.MANIFEST, PagedEndpoint.QUERY),
            "{0}: a page with all rows has no token",
            PagingChecks::onlyPage,
            "paging.only-page")
        .forEach(
            "bad-size",
            List.of(PagedEndpoint.values()),
            "{0}: nextPage refuses a page_size that is not an integer",
            PageSizeChecks::badSize,
            "paging.bad-size")
        .forEach(
            "no-maximum",
            List.of(PagedEndpoint.MANIFEST, PagedEndpoint.QUERY),
            "{0}: page_size may be as large as 2147483647",
            PageSizeChecks::noMaximum,
            "paging.no-maximum")
        .forEach(
            "other-keys",
            List.of(PagedEndpoint.values()),
            "{0}: nextPage ignores other query keys and accepts a trailing slash",
            PagingChecks::otherKeys,
            "paging.other-keys")
        .checks();
  }

  private PagingChecks() {}

  /**
   * Fetches all pages. {@link Walk#next} reports repeated rows before this check verifies the other
   * rules, because repeated rows often cause the other violations.
   */
  private static void walk(PagedEndpoint endpoint, CheckContext context) {
    long total = endpoint.totalFound(Pages.first(context, endpoint, 1));
    Skipped.unless(total > 1, "the result has only " + total + (total == 1 ? " row" : " rows"));
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
                  .as("number of rows on page %d", pages.size())
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
            "the first %d pages pass; a complete walk of %d rows is too long"
                .formatted(pages.size(), total));
    if (walk.rows() < total) {
      reportLostRow(context, endpoint, pageSize, walk, pages);
    }
    assertThat(walk.rows())
        .as("total number of rows in %d pages, compared with totalFound", pages.size())
        .isEqualTo(total);
  }

  /** A page without its rows, to save memory. */
  private record Page(ApiRequest call, int rows) {}

  /**
   * Finds a lost row by fetching the result again with another page size. Then requests the page
   * that lost the row.
   */
  private static void reportLostRow(
      CheckContext context, PagedEndpoint endpoint, long pageSize, Walk walk, List<Page> pages) {
    long otherSize = 2 * pageSize + 1;
    int page = 1;
    Walk other = Walk.of(context, endpoint, otherSize);
    while (other.hasNext()) {
      for (JsonNode row : endpoint.identities(other.next())) {
        Optional<Integer> found = walk.pageOf(row);
        if (found.isPresent()) {
          page = found.get();
          continue;
        }
        if (pages.get(page - 1).rows() == pageSize && page < pages.size()) {
          page++;
        }
        context.send(pages.get(page - 1).call());
        throw new RuleViolation(
            "paging.every-row-once",
            ("the pages with page_size=%d lack the row %s, which the pages with page_size=%d"
                    + " have; it belongs to page %d, which has %d rows")
                .formatted(
                    pageSize, endpoint.identity(row), otherSize, page, pages.get(page - 1).rows()));
      }
    }
  }

  private static void replay(PagedEndpoint endpoint, CheckContext context) {
    String token = Pages.token(context, endpoint);
    Exchange once = Pages.next(context, endpoint, token, 2);
    Exchange again = Pages.next(context, endpoint, token, 2);
    Expect.sameRows(
        "rows for the same token, second response", endpoint.rows(again), endpoint.rows(once));
  }

  private static void onlyPage(PagedEndpoint endpoint, CheckContext context) {
    Exchange page = Pages.whole(context, endpoint);
    assertThat(endpoint.token(page)).as("token of a page with all rows").isEmpty();
  }

  private static void otherKeys(PagedEndpoint endpoint, CheckContext context) {
    ApiRequest next = endpoint.next(Pages.token(context, endpoint)).with("page_size", 2);
    Walk.finish(context, endpoint, next.with("foo", 1));
    Walk.finish(context, endpoint, next.withFinalSlash());
  }
}
