package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.Skipped;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/** Bodies of the checks of page_size. {@link PagingChecks} lists the checks. */
final class PageSizeChecks {

  /** The page size that applies if a request has no page_size. */
  private static final int DEFAULT_SIZE = 1000;

  /**
   * A page_size larger than the default. A service that silently limits pages to the default size
   * and returns no page token loses rows with this page_size.
   */
  private static final int LARGER_SIZE = 2 * DEFAULT_SIZE;

  private static final int LARGEST_SMALL_SIZE = 7;

  /**
   * Maximum number of pages for fetching all rows. If a page size needs more pages, the check
   * fetches only the first pages.
   */
  private static final long MAX_SMALL_PAGES = 20;

  private static final long SMALL_PAGES = 4;

  private static final int CHANGES = 4;
  private static final int MAX_CHANGED_SIZE = 5;

  private PageSizeChecks() {}

  static void changingSize(PagedEndpoint endpoint, CheckContext context) {
    Random random = context.random("paging.changing-size");
    PagedRows rows = new PagedRows(context, endpoint);
    ApiRequest request = endpoint.begin(context).with("page_size", 1);
    Exchange page = Walk.finish(context, endpoint, request);
    Skipped.unless(endpoint.totalFound(page) > 1, "the result has fewer than two rows");
    rows.add(request, page);
    for (int i = 0; i < CHANGES && !endpoint.token(page).isEmpty(); i++) {
      int size = 1 + random.nextInt(MAX_CHANGED_SIZE);
      request = endpoint.next(endpoint.token(page)).with("page_size", size);
      page = Walk.finish(context, endpoint, request);
      rows.add(request, page);
    }
    assertThat(rows.size()).as("number of rows of several pages").isGreaterThan(1);
    // A faulty service may lose a row at each change of the size, so fetch one more row per change.
    Walk straight = Walk.of(context, endpoint, rows.size() + CHANGES);
    rows.requireFirst(
        "rows of pages of several sizes, compared with those of one page",
        Pages.rows(endpoint, straight, rows.size() + CHANGES));
  }

  /**
   * Compares the rows of several page sizes. Fetches all rows of a small result with every size.
   * Fetches only the first pages of a large result, and only with small sizes.
   */
  static void anySize(PagedEndpoint endpoint, CheckContext context) {
    ApiRequest begin = endpoint.beginSome(context);
    Exchange page = Walk.finish(context, endpoint, begin);
    long total = endpoint.totalFound(page);
    Skipped.unless(total > 1, "the result has only " + total + (total == 1 ? " row" : " rows"));
    boolean few = total <= DEFAULT_SIZE;
    List<JsonNode> expected =
        few
            ? Pages.rows(endpoint, Walk.of(context, endpoint, begin), total)
            : endpoint.rows(page).valueStream().toList();
    for (long size : LongStream.of(1, 2, 7, total - 1, total, total + 1).distinct().toArray()) {
      if (size > LARGEST_SMALL_SIZE && !few) {
        continue;
      }
      long most = total / size <= MAX_SMALL_PAGES ? total + 1 : SMALL_PAGES * size;
      if (!few) {
        most = Math.min(most, expected.size());
      }
      PagedRows rows = new PagedRows(context, endpoint);
      Walk walk = Walk.of(context, endpoint, begin.with("page_size", size));
      rows.add(walk, most);
      String what = "rows with page_size=" + size;
      if (walk.hasNext() || !few) {
        rows.requireFirst(what, expected);
      } else {
        rows.requireAll(what, expected);
      }
    }
    context.observed(
        few
            ? "all %d rows with each size".formatted(total)
            : ("the first %d pages with sizes 1, 2 and 7; sizes of about all %d rows are not tested,"
                    + " because such a page would be too large")
                .formatted(SMALL_PAGES, total));
  }

  static void defaultSize(PagedEndpoint endpoint, CheckContext context) {
    ApiRequest begin = instances(endpoint, context);
    Exchange first = Walk.finish(context, endpoint, begin);
    long total = endpoint.totalFound(first);
    requireDefault("a first page", context, endpoint, first, begin, total);
    Exchange large = Walk.finish(context, endpoint, begin.with("page_size", LARGER_SIZE));
    if (endpoint.token(large).isEmpty()) {
      Expect.rule(
          "paging.every-row-once",
          () ->
              assertThat((long) endpoint.rows(large).size())
                  .as("number of rows of a page without a token, compared with totalFound")
                  .isEqualTo(endpoint.totalFound(large)));
    }
    Exchange small = Walk.finish(context, endpoint, begin.with("page_size", 1));
    String token = endpoint.token(small);
    Skipped.unless(!token.isEmpty() || total > 1, "the result has only one row");
    ApiRequest next = endpoint.next(token);
    requireDefault(
        "a second page after a page of one row",
        context,
        endpoint,
        Walk.finish(context, endpoint, next),
        next,
        total - 1);
    if (total <= DEFAULT_SIZE) {
      context.observed(
          "the result has only " + total + " rows, so a larger default would not be detected");
    }
  }

  /**
   * Requires the default page size on a request without page_size: the page must have 1,000 rows,
   * or all remaining rows if there are fewer. Any page may have fewer rows than requested.
   * Therefore, a page of another size is compared with a page requested with page_size=1000. Both
   * pages are fetched twice, because their sizes may vary from request to request.
   */
  private static void requireDefault(
      String what,
      CheckContext context,
      PagedEndpoint endpoint,
      Exchange unsized,
      ApiRequest request,
      long remaining) {
    int actual = endpoint.rows(unsized).size();
    if (actual == Math.min(DEFAULT_SIZE, remaining)) {
      return;
    }
    ApiRequest sized = request.with("page_size", DEFAULT_SIZE);
    int expected = endpoint.rows(Walk.finish(context, endpoint, sized)).size();
    if (expected != endpoint.rows(Walk.finish(context, endpoint, sized)).size()
        || actual != endpoint.rows(Walk.finish(context, endpoint, request)).size()) {
      context.observed("the number of rows of the same page varies");
      return;
    }
    assertThat(actual)
        .as(
            "number of rows of %s without page_size, compared with page_size=%d",
            what, DEFAULT_SIZE)
        .isEqualTo(expected);
  }

  /** Returns a first call whose result is large: it has one row for each instance. */
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

  static void badSize(PagedEndpoint endpoint, CheckContext context) {
    String token = Pages.token(context, endpoint);
    Expect.error(context.send(endpoint.next(token).with("page_size", "abc")), 400);
    Expect.error(context.send(endpoint.next(token).with("page_size", "1.5")), 400);
  }

  static void noMaximum(PagedEndpoint endpoint, CheckContext context) {
    Exchange page = Pages.first(context, endpoint, Integer.MAX_VALUE);
    assertThat(endpoint.rows(page)).as("rows of the page").isNotEmpty();
  }
}
