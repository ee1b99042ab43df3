package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.Skipped;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Fetches single pages of a result. */
final class Pages {

  private Pages() {}

  static Exchange first(CheckContext context, PagedEndpoint endpoint, long pageSize) {
    return Walk.finish(context, endpoint, endpoint.begin(context).with("page_size", pageSize));
  }

  static Exchange next(CheckContext context, PagedEndpoint endpoint, String token, long pageSize) {
    return Walk.finish(context, endpoint, endpoint.next(token).with("page_size", pageSize));
  }

  /**
   * Returns the page token of a first page of one row. Skips the check if the result has only one
   * row.
   */
  static String token(CheckContext context, PagedEndpoint endpoint) {
    return token(context, endpoint, Caller.NONE);
  }

  static String token(CheckContext context, PagedEndpoint endpoint, Caller caller) {
    Exchange page =
        Walk.finish(context, endpoint, endpoint.begin(context).with("page_size", 1).as(caller));
    String token = endpoint.token(page);
    long total = endpoint.totalFound(page);
    Skipped.unless(
        !token.isEmpty() || total > endpoint.rows(page).size(),
        () -> "there is no second page, because totalFound is " + total);
    assertThat(token).as("token of a page with one of %d rows", total).isNotEmpty();
    return token;
  }

  /**
   * Returns a page that contains every row of a small result. Skips the check if the service
   * returns fewer rows per page.
   */
  static Exchange whole(CheckContext context, PagedEndpoint endpoint) {
    Exchange page = Walk.finish(context, endpoint, endpoint.beginSome(context));
    Skipped.unless(
        endpoint.rows(page).size() == endpoint.totalFound(page),
        "the service returns fewer rows per page than the small result has");
    return page;
  }

  /**
   * Returns the first rows of a result.
   *
   * @param most maximum number of rows
   */
  static List<JsonNode> rows(PagedEndpoint endpoint, Walk walk, long most) {
    List<JsonNode> rows = new ArrayList<>();
    while (walk.hasNext() && rows.size() < most) {
      endpoint.rows(walk.next()).forEach(rows::add);
    }
    return rows.subList(0, Math.toIntExact(Math.min(most, rows.size())));
  }
}
