package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.RuleViolation;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Iterates over the pages of a result. Polls while the query is pending.
 *
 * <p>The iteration ends for every service. Repeated page tokens, repeated rows, and more rows than
 * totalFound of the first page are violations.
 */
final class Walk implements Iterator<Exchange> {

  /** Number of pages that {@link #pageSize} divides a result into. */
  static final int PAGES = 8;

  /** Maximum page size. The size is limited because a dicomMetadata row has seventy columns. */
  private static final long MAX_PAGE_SIZE = 5000;

  private static final int MAX_EMPTY_PAGES = 100;

  private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

  private final CheckContext context;
  private final URI baseUrl;
  private final PagedEndpoint endpoint;
  private final ApiRequest first;
  private final Set<String> tokens = new HashSet<>();
  private final Map<Object, Integer> seen = new HashMap<>();
  private ApiRequest following;
  private int pages;
  private long total;

  private Walk(CheckContext context, URI baseUrl, PagedEndpoint endpoint, ApiRequest first) {
    this.context = context;
    this.baseUrl = baseUrl;
    this.endpoint = endpoint;
    this.first = first;
    this.following = first;
  }

  /**
   * Returns an iterator over the pages that start with {@link PagedEndpoint#begin(CheckContext)}.
   */
  static Walk of(CheckContext context, PagedEndpoint endpoint, long pageSize) {
    return of(context, endpoint, endpoint.begin(context).with("page_size", pageSize));
  }

  /**
   * Returns an iterator over the pages of a result. The caller and the page size of the first
   * request apply to all pages.
   *
   * @param first first call, with or without a page size
   */
  static Walk of(CheckContext context, PagedEndpoint endpoint, ApiRequest first) {
    return of(context, context.baseUrl(), endpoint, first);
  }

  /**
   * Returns an iterator over the pages of a result, requested from another base URL of the service.
   */
  static Walk of(CheckContext context, URI baseUrl, PagedEndpoint endpoint, ApiRequest first) {
    return new Walk(context, baseUrl, endpoint, first);
  }

  /**
   * Returns a page size that divides a number of rows into {@link #PAGES} pages. Returns the
   * maximum page size if such pages would be too large.
   */
  static long pageSize(long rows) {
    return Math.min(MAX_PAGE_SIZE, (rows + PAGES - 1) / PAGES);
  }

  @Override
  public boolean hasNext() {
    return following != null;
  }

  /**
   * Returns the next page.
   *
   * @throws AssertionError if the response is not a page, if the page repeats a page token or a
   *     row, or if the pages have more rows than totalFound
   */
  @Override
  public Exchange next() {
    if (following == null) {
      throw new NoSuchElementException();
    }
    Exchange page = finish(context, baseUrl, endpoint, following);
    pages++;
    if (pages == 1) {
      total = endpoint.totalFound(page);
    }
    String token = endpoint.token(page);
    if (!token.isEmpty() && !tokens.add(token)) {
      throw new RuleViolation(
          "paging.end",
          "page " + pages + " has the page token of an earlier page, so paging would never end");
    }
    noteRows(endpoint.identities(page));
    following = token.isEmpty() ? null : next(endpoint, token, first);
    return page;
  }

  /** Returns the request for the next page, or null if there is no next page. */
  ApiRequest following() {
    return following;
  }

  /** Returns the number of rows on the pages returned so far. */
  long rows() {
    return seen.size();
  }

  /**
   * Returns the number of the page that contains a row, or empty if no page returned so far
   * contains the row.
   */
  Optional<Integer> pageOf(JsonNode row) {
    return Optional.ofNullable(seen.get(endpoint.identity(row)));
  }

  private void noteRows(JsonNode rows) {
    int again = 0;
    int before = 0;
    Object repeated = null;
    for (JsonNode row : rows) {
      Object identity = endpoint.identity(row);
      Integer page = seen.putIfAbsent(identity, pages);
      if (page != null) {
        again++;
        before = page;
        repeated = identity;
      }
    }
    if (again > 0 && again == rows.size()) {
      throw new RuleViolation(
          "paging.end",
          "page "
              + pages
              + " has only rows that page "
              + before
              + " had, so paging would never end");
    }
    if (again > 0) {
      throw new RuleViolation(
          "paging.every-row-once",
          "page " + pages + " has the row " + repeated + ", which page " + before + " had");
    }
    if (seen.size() > total) {
      throw new RuleViolation(
          "paging.every-row-once",
          "pages 1 to "
              + pages
              + " have "
              + seen.size()
              + " rows, more than totalFound, which is "
              + total);
    }
  }

  /**
   * Sends a request to the service and returns the page. Polls while the query is pending, and
   * skips empty pages.
   */
  static Exchange finish(CheckContext context, PagedEndpoint endpoint, ApiRequest request) {
    return finish(context, context.baseUrl(), endpoint, request);
  }

  /**
   * Sends a request to a base URL and returns the page. Polls while the query is pending. If the
   * page is empty, fetches the next pages up to a page that has rows or is the last.
   *
   * @throws AssertionError if a response is neither 202 nor a page, or if paging never ends
   */
  static Exchange finish(
      CheckContext context, URI baseUrl, PagedEndpoint endpoint, ApiRequest request) {
    Exchange page = page(context, baseUrl, endpoint, request);
    Set<String> requested = new HashSet<>();
    while (endpoint.identities(page).isEmpty() && !endpoint.token(page).isEmpty()) {
      String token = endpoint.token(page);
      if (!requested.add(token)) {
        throw new RuleViolation(
            "paging.end",
            "an empty page has the page token of an earlier page, so paging would never end");
      }
      if (requested.size() > MAX_EMPTY_PAGES) {
        throw new RuleViolation(
            "paging.end",
            MAX_EMPTY_PAGES + " empty pages followed one another, each with a new token");
      }
      page = page(context, baseUrl, endpoint, next(endpoint, token, request));
    }
    return page;
  }

  private static Exchange page(
      CheckContext context, URI baseUrl, PagedEndpoint endpoint, ApiRequest request) {
    context.requireEnd(baseUrl, endpoint);
    Instant begun = Instant.now();
    Exchange exchange = context.send(baseUrl, request);
    Duration pause = Duration.ZERO;
    while (exchange.status() == 202) {
      String token = endpoint.acceptedToken(exchange);
      if (token.isEmpty()) {
        throw new RuleViolation(
            "accepted.token", "a 202 response of " + endpoint + " has no token");
      }
      Duration waited = Duration.between(begun, Instant.now());
      if (waited.compareTo(context.maxPending()) >= 0) {
        context.neverEnds(baseUrl, endpoint);
        throw new RuleViolation(
            "accepted.first-page",
            "the query still responds with 202 after "
                + waited.toMillis() / 1000.0
                + " s, longer than the maximum pending time (--max-wait of the command)");
      }
      // A service usually waits before it responds with 202. This pause is for other services.
      context.pause(pause);
      pause = pause.multipliedBy(2).plusMillis(1);
      if (pause.compareTo(MAX_PAUSE) > 0) {
        pause = MAX_PAUSE;
      }
      exchange = context.send(baseUrl, next(endpoint, token, request));
    }
    if (exchange.status() != 200) {
      throw new AssertionError(
          "expected a page with status code 200, but the response is "
              + exchange.status()
              + " "
              + exchange.excerpt());
    }
    return exchange;
  }

  /**
   * Returns a nextPage call with the caller of another request, and with its page size if it has
   * one.
   */
  private static ApiRequest next(PagedEndpoint endpoint, String token, ApiRequest request) {
    ApiRequest next = endpoint.next(token).as(request.caller());
    return request.key("page_size").map(size -> next.with("page_size", size)).orElse(next);
  }
}
