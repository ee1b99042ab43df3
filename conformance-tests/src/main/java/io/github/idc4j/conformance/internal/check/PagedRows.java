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

    /** Returns whether the page has as many rows as requested. */
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
    require(what, rows, expected);
  }

  /**
   * Requires the rows to be the first of another request. Expected rows after the last of these
   * rows belong to later pages, and these rows after the last expected one cannot be compared.
   */
  void requireFirst(String what, List<JsonNode> expected) {
    Map<Object, Integer> places = new HashMap<>();
    for (int i = 0; i < expected.size(); i++) {
      places.put(endpoint.identity(expected.get(i)), i);
    }
    int end = 0;
    int last = 0;
    for (int i = 0; i < rows.size(); i++) {
      Integer place = places.get(endpoint.identity(rows.get(i)));
      if (place != null) {
        end = Math.max(end, place + 1);
        last = i + 1;
      }
    }
    boolean isAll = end == expected.size();
    require(what, isAll ? rows.subList(0, last) : rows, expected.subList(0, end));
  }

  private void require(String what, List<JsonNode> actual, List<JsonNode> expected) {
    int first = firstDifference(endpoint.keys(actual), endpoint.keys(expected));
    boolean isOfKeys = first >= 0;
    if (!isOfKeys) {
      first = firstDifference(actual, expected);
    }
    if (first < 0) {
      return;
    }
    int number = pageOf(first);
    ApiRequest request = pages.get(number - 1).request();
    context.send(request);
    try {
      Expect.sameRows(
          what,
          isOfKeys ? endpoint.keys(actual) : actual,
          isOfKeys ? endpoint.keys(expected) : expected);
    } catch (AssertionFailedError e) {
      String size = request.key("page_size").map(value -> " (page_size=" + value + ")").orElse("");
      throw new AssertionFailedError(
          e.getMessage() + "; the first difference is on page " + number + size,
          e.getExpected().getEphemeralValue(),
          e.getActual().getEphemeralValue());
    }
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
