package io.github.idc4j.conformance;

import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import java.net.URI;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/** Follows the pages of a walk, and any 202 before them. */
public final class Walk implements Iterator<Exchange> {

  /** How often a query may answer 202; the deployed service waited 30 s each time. */
  private static final int MAX_WAITS = 20;

  private final Target target;
  private final URI baseUrl;
  private final Family family;
  private final long pageSize;
  private final Bearer bearer;
  private final Set<String> seen = new HashSet<>();
  private Call following;

  private Walk(Target target, URI baseUrl, Family family, Call first, long pageSize) {
    this.target = target;
    this.baseUrl = baseUrl;
    this.family = family;
    this.pageSize = pageSize;
    this.bearer = first.bearer();
    this.following = first;
  }

  /** Begins a walk of the family's first call. */
  public static Walk of(Target target, Family family, long pageSize) {
    return of(target, target.baseUrl(), family, pageSize);
  }

  /** Begins a walk at another address of the service. */
  public static Walk of(Target target, URI baseUrl, Family family, long pageSize) {
    Call first = family.begin(target).with("page_size", pageSize);
    return new Walk(target, baseUrl, family, first, pageSize);
  }

  @Override
  public boolean hasNext() {
    return following != null;
  }

  /**
   * Returns the next page.
   *
   * @throws AssertionError if it is no page, or has a token that was there before
   */
  @Override
  public Exchange next() {
    if (following == null) {
      throw new NoSuchElementException();
    }
    Exchange page = finish(target, baseUrl, family, following);
    String token = family.token(page);
    if (!token.isEmpty() && !seen.add(token)) {
      throw new AssertionError("a token of this walk came again: the walk would never end");
    }
    following = token.isEmpty() ? null : family.next(token).with("page_size", pageSize).as(bearer);
    return page;
  }

  /**
   * Sends a call and follows 202 until there is a page.
   *
   * @throws AssertionError if the answer is neither, or stays 202 for ever
   */
  public static Exchange finish(Target target, URI baseUrl, Family family, Call call) {
    int waits = 0;
    Exchange exchange = target.api().send(baseUrl, call);
    while (exchange.status() == 202) {
      String token = family.acceptedToken(exchange);
      if (token.isEmpty()) {
        throw new AssertionError("a 202 of the " + family + " family has no token");
      }
      if (++waits > MAX_WAITS) {
        throw new AssertionError("the query still answers 202 after " + MAX_WAITS + " waits");
      }
      exchange = target.api().send(baseUrl, next(family, token, call));
    }
    if (exchange.status() != 200) {
      throw new AssertionError(
          "expected a page, status 200; seen " + exchange.status() + " " + shortened(exchange));
    }
    return exchange;
  }

  /** Returns the nextPage call with the page size and the user of another call. */
  private static Call next(Family family, String token, Call call) {
    Call next = family.next(token).as(call.bearer());
    int size = call.target().indexOf("page_size=");
    return size < 0
        ? next
        : next.with(
            "page_size",
            call.target().substring(size + "page_size=".length()).replaceAll("&.*", ""));
  }

  private static String shortened(Exchange exchange) {
    String body = exchange.body();
    return body.length() > 200 ? body.substring(0, 200) + " ..." : body;
  }
}
