package io.github.idc4j.conformance;

import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
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
 * Follows the pages of a walk, and any 202 before them.
 *
 * <p>A walk ends by itself, whatever the service does: when a token or a row comes again, and when
 * there are more rows than the first page said.
 */
public final class Walk implements Iterator<Exchange> {

  /** Pages of a whole walk of {@link #pageSize}, if the service fills them. */
  public static final int PAGES = 8;

  /** A row of dicomMetadata has seventy columns. */
  private static final long MAX_PAGE_SIZE = 5000;

  private static final int MAX_EMPTY_PAGES = 100;

  private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

  private final Target target;
  private final URI baseUrl;
  private final Family family;
  private final Call first;
  private final Set<String> tokens = new HashSet<>();
  private final Map<Object, Integer> seen = new HashMap<>();
  private Call following;
  private int pages;
  private long total;

  private Walk(Target target, URI baseUrl, Family family, Call first) {
    this.target = target;
    this.baseUrl = baseUrl;
    this.family = family;
    this.first = first;
    this.following = first;
  }

  /** Begins a walk of the family's first call. */
  public static Walk of(Target target, Family family, long pageSize) {
    return of(target, family, family.begin(target).with("page_size", pageSize));
  }

  /** Begins a walk by a call, whose user and page size, if it has one, are those of all pages. */
  public static Walk of(Target target, Family family, Call first) {
    return of(target, target.baseUrl(), family, first);
  }

  /** Begins a walk at another address of the service. */
  public static Walk of(Target target, URI baseUrl, Family family, Call first) {
    return new Walk(target, baseUrl, family, first);
  }

  /** Returns the rows of a page so that there are {@link #PAGES}, or more of a size to hold. */
  public static long pageSize(long rows) {
    return Math.min(MAX_PAGE_SIZE, (rows + PAGES - 1) / PAGES);
  }

  @Override
  public boolean hasNext() {
    return following != null;
  }

  /**
   * Returns the next page.
   *
   * @throws AssertionError if it is no page, has a token or a row that was there before, or more
   *     rows than are left
   */
  @Override
  public Exchange next() {
    if (following == null) {
      throw new NoSuchElementException();
    }
    Exchange page = finish(target, baseUrl, family, following);
    pages++;
    if (pages == 1) {
      total = family.totalFound(page);
    }
    String token = family.token(page);
    if (!token.isEmpty() && !tokens.add(token)) {
      throw new AssertionError(
          "[paging.end: tokens of a walk] a token came again: the walk would never end");
    }
    noteRows(family.rows(page));
    following = token.isEmpty() ? null : next(family, token, first);
    return page;
  }

  /** Returns how many rows have come so far. */
  public long rows() {
    return seen.size();
  }

  /** Returns the number of the page that a row came on; empty if it did not come yet. */
  public Optional<Integer> pageOf(JsonNode row) {
    return Optional.ofNullable(seen.get(family.identity(row)));
  }

  private void noteRows(JsonNode rows) {
    int again = 0;
    int before = 0;
    Object repeated = null;
    for (JsonNode row : rows) {
      Object identity = family.identity(row);
      Integer page = seen.putIfAbsent(identity, pages);
      if (page != null) {
        again++;
        before = page;
        repeated = identity;
      }
    }
    if (again > 0 && again == rows.size()) {
      throw new AssertionError(
          "[paging.end: rows of a walk] page "
              + pages
              + " has rows of page "
              + before
              + " again and no others: the walk would never end");
    }
    if (again > 0) {
      throw new AssertionError(
          "[paging.every-row-once: page "
              + pages
              + "] "
              + repeated
              + " came on page "
              + before
              + " already");
    }
    if (seen.size() > total) {
      throw new AssertionError(
          "[paging.every-row-once: rows until page "
              + pages
              + "] there are "
              + seen.size()
              + ", more than totalFound, which is "
              + total);
    }
  }

  /** Sends a call to the service and follows 202 until there is a page. */
  public static Exchange finish(Target target, Family family, Call call) {
    return finish(target, target.baseUrl(), family, call);
  }

  /**
   * Sends a call and follows 202, and pages that are empty in the midst of a walk, until there is a
   * page that has rows or is the last.
   *
   * @throws AssertionError if an answer is neither 202 nor a page, or they go on for ever
   */
  public static Exchange finish(Target target, URI baseUrl, Family family, Call call) {
    Exchange page = page(target, baseUrl, family, call);
    Set<String> asked = new HashSet<>();
    while (family.rows(page).isEmpty() && !family.token(page).isEmpty()) {
      String token = family.token(page);
      if (!asked.add(token)) {
        throw new AssertionError(
            "[paging.end: tokens of empty pages] a token came again: the walk would never end");
      }
      if (asked.size() > MAX_EMPTY_PAGES) {
        throw new AssertionError(
            "[paging.end: empty pages] " + MAX_EMPTY_PAGES + " in a row, each with a new token");
      }
      page = page(target, baseUrl, family, next(family, token, call));
    }
    return page;
  }

  private static Exchange page(Target target, URI baseUrl, Family family, Call call) {
    target.assumeEnds(baseUrl, family);
    Instant begun = Instant.now();
    Exchange exchange = target.api().send(baseUrl, call);
    Duration pause = Duration.ZERO;
    while (exchange.status() == 202) {
      String token = family.acceptedToken(exchange);
      if (token.isEmpty()) {
        throw new AssertionError(
            "[accepted.token: a 202 of the " + family + " family] it has no token");
      }
      Duration waited = Duration.between(begun, Instant.now());
      if (waited.compareTo(target.maxWait()) >= 0) {
        target.neverEnds(baseUrl, family);
        throw new AssertionError(
            "[accepted.first-page: the end of 202] the query still answers 202 after "
                + waited.toMillis() / 1000.0
                + " s, longer than a query may (--max-wait of the command)");
      }
      // A service waits by itself; this is for one that does not.
      target.pause(pause);
      pause = pause.multipliedBy(2).plusMillis(1);
      if (pause.compareTo(MAX_PAUSE) > 0) {
        pause = MAX_PAUSE;
      }
      exchange = target.api().send(baseUrl, next(family, token, call));
    }
    if (exchange.status() != 200) {
      throw new AssertionError(
          "expected a page, status 200; seen " + exchange.status() + " " + exchange.excerpt());
    }
    return exchange;
  }

  /** Returns the nextPage call with the user of another call, and its page size if it has one. */
  private static Call next(Family family, String token, Call call) {
    Call next = family.next(token).as(call.bearer());
    int size = call.target().indexOf("page_size=");
    return size < 0
        ? next
        : next.with(
            "page_size",
            call.target().substring(size + "page_size=".length()).replaceAll("&.*", ""));
  }
}
