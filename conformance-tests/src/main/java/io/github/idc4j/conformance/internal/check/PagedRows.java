package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.opentest4j.AssertionFailedError;
import tools.jackson.databind.JsonNode;

/** Collects the rows of several pages, and the request of each page. */
final class PagedRows {

  /**
   * A page.
   *
   * @param request the request that returned the page
   * @param rows number of rows of the page
   * @param end number of rows up to and including this page
   */
  private record Page(ApiRequest request, int rows, int end) {

    /** Returns whether the page has as many rows as the request asked for. */
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
   * @param request the request of the page, or of the first of the empty pages before the page
   */
  void add(ApiRequest request, Exchange page) {
    JsonNode added = endpoint.rows(page);
    added.forEach(rows::add);
    pages.add(new Page(request, added.size(), rows.size()));
  }

  /**
   * Adds pages of a walk until a number of rows is reached or the walk ends.
   *
   * @param most number of rows after which to add no further page
   */
  void add(Walk walk, long most) {
    while (walk.hasNext() && rows.size() < most) {
      add(walk.following(), walk.next());
    }
  }

  int size() {
    return rows.size();
  }

  /**
   * Requires the collected rows to equal the rows of another request, in the same order. If they
   * differ, requests the page with the first difference again, so that the report shows this page.
   *
   * @param what description of the rows, for messages
   * @param expected rows of the other request
   */
  void requireAll(String what, List<JsonNode> expected) {
    require(what, rows, expected);
  }

  /**
   * Requires the collected rows to equal the first rows of another request. Ignores expected rows
   * after the last collected row, because they belong to later pages. Ignores collected rows after
   * the last expected row, because there is nothing to compare them with.
   *
   * @param what description of the rows, for messages
   * @param expected rows of the other request
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
   * Returns the number of the page that contains a row. If the row is the first of its page, and
   * the page before has fewer rows than requested, returns the number of the page before. That page
   * may have lost its last rows.
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
