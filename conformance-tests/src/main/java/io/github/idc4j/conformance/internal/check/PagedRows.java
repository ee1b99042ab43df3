package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.opentest4j.AssertionFailedError;
import tools.jackson.databind.JsonNode;

/** Rows of several pages, with the request of each page. */
final class PagedRows {

  /** A page, by its request and the number of rows up to its end. */
  private record Page(ApiRequest request, int rows, int end) {

    /** Returns whether the page may have more rows, which a page may lack without a fault. */
    boolean isFull() {
      return request
          .key("page_size")
          .filter(size -> !size.equals(Integer.toString(rows)))
          .isEmpty();
    }
  }

  private final CheckContext context;
  private final PagedEndpoint endpoint;
  private final List<JsonNode> rows = new ArrayList<>();
  private final List<Page> pages = new ArrayList<>();

  PagedRows(CheckContext context, PagedEndpoint endpoint) {
    this.context = context;
    this.endpoint = endpoint;
  }

  /**
   * Adds the rows of a page.
   *
   * @param request request of the page, or of the empty pages before it
   */
  void add(ApiRequest request, Exchange page) {
    JsonNode added = endpoint.rows(page);
    added.forEach(rows::add);
    pages.add(new Page(request, added.size(), rows.size()));
  }

  /** Adds the pages of a walk until there are enough rows. */
  void add(Walk walk, long most) {
    while (walk.hasNext() && rows.size() < most) {
      add(walk.following(), walk.next());
    }
  }

  int size() {
    return rows.size();
  }

  /**
   * Requires the rows of another request, in the same order. If they differ, requests the page
   * again that has the first difference, so that the report shows it.
   */
  void requireAll(String what, List<JsonNode> expected) {
    int first = firstDifference(endpoint.keys(rows), endpoint.keys(expected));
    boolean isOfKeys = first >= 0;
    if (!isOfKeys) {
      first = firstDifference(rows, expected);
    }
    if (first < 0) {
      return;
    }
    int number = pageOf(first);
    Page page = pages.get(number - 1);
    context.send(page.request());
    try {
      Expect.sameRows(
          what,
          isOfKeys ? endpoint.keys(rows) : rows,
          isOfKeys ? endpoint.keys(expected) : expected);
    } catch (AssertionFailedError e) {
      throw new AssertionFailedError(
          "%s; the first difference is on page %d%s"
              .formatted(
                  e.getMessage(),
                  number,
                  page.request()
                      .key("page_size")
                      .map(size -> " (page_size=" + size + ")")
                      .orElse("")),
          e.getExpected().getEphemeralValue(),
          e.getActual().getEphemeralValue());
    }
  }

  /**
   * Requires the rows to be the first of another request. Expected rows after the last row count as
   * rows of the next page.
   */
  void requireFirst(String what, List<JsonNode> expected) {
    Map<Object, Integer> places = new HashMap<>();
    for (int i = 0; i < expected.size(); i++) {
      places.put(endpoint.identity(expected.get(i)), i);
    }
    int end =
        rows.stream()
            .mapToInt(row -> places.getOrDefault(endpoint.identity(row), -1) + 1)
            .max()
            .orElse(0);
    requireAll(what, expected.subList(0, end == 0 ? Math.min(size(), expected.size()) : end));
  }

  private static int firstDifference(List<JsonNode> actual, List<JsonNode> expected) {
    int shorter = Math.min(actual.size(), expected.size());
    for (int i = 0; i < shorter; i++) {
      if (!actual.get(i).equals(expected.get(i))) {
        return i;
      }
    }
    return actual.size() == expected.size() ? -1 : shorter;
  }

  /**
   * Returns the number of the page with a row, or of the page before if that lacks its last rows.
   */
  private int pageOf(int row) {
    int number = 1;
    while (number < pages.size() && pages.get(number - 1).end() <= row) {
      number++;
    }
    boolean isFirstOfPage = number > 1 && pages.get(number - 2).end() == row;
    return isFirstOfPage && !pages.get(number - 2).isFull() ? number - 1 : number;
  }
}
