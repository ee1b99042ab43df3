package io.github.idc4j.conformance.mutant;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Pages and tokens that are odd, but as they may be. */
final class PageOddities {

  private static final String PADDING = "AB".repeat(850);
  private static final int MOST_ROWS = 20;

  /** The page size where none is said. */
  private static final int DEFAULT_SIZE = 1000;

  private PageOddities() {}

  static void addTo(List<Oddity> all) {
    all.add(sized("pages of 20 rows at most", size -> Math.min(size, MOST_ROWS)));
    all.add(sized("pages of half the size", size -> size / 2 + size % 2));
    all.add(new Oddity("202 before each third page", Proxy.Encoding.PLAIN, SometimesLate::new));
    all.add(
        new Oddity(
            "an empty page before each later one",
            Proxy.Encoding.PLAIN,
            () -> PageOddities::emptyPages));
    all.add(
        new Oddity("an empty first page with a token", Proxy.Encoding.PLAIN, EmptyFirstPages::new));
    all.add(
        new Oddity(
            "tokens of 2,000 characters", Proxy.Encoding.PLAIN, () -> PageOddities::longTokens));
    all.add(
        new Oddity(
            "another token each time a page is sent", Proxy.Encoding.PLAIN, FreshTokens::new));
  }

  /** Gives fewer rows than a request asks for, or than it gets by the default. */
  private static Oddity sized(String what, IntUnaryOperator given) {
    return new Oddity(
        what,
        Proxy.Encoding.PLAIN,
        () -> (request, service) -> service.send(sized(request, given)));
  }

  private static ProxiedRequest sized(ProxiedRequest request, IntUnaryOperator given) {
    if (!LaterPages.isForPage(request)) {
      return request;
    }
    Matcher size = Pattern.compile("page_size=([^&]*)").matcher(request.target());
    if (!size.find()) {
      return request.withTarget(
          request.target()
              + (request.has("?") ? "&" : "?")
              + "page_size="
              + given.applyAsInt(DEFAULT_SIZE));
    }
    return size.group(1).matches("[1-9][0-9]{0,8}|2147483647")
        ? request.withTarget(
            size.replaceFirst("page_size=" + given.applyAsInt(Integer.parseInt(size.group(1)))))
        : request;
  }

  /** The page of a token is empty and has that token with a dot, whose page is the real one. */
  private static ProxiedResponse emptyPages(ProxiedRequest request, Proxy.Service service)
      throws IOException {
    if (!request.path().endsWith("/nextPage")) {
      return service.send(request);
    }
    String token = request.token();
    if (token.endsWith(".")) {
      return service.send(request.withToken(token.substring(0, token.length() - 1)));
    }
    ProxiedResponse answer = service.send(request);
    return answer.hasRows() ? emptied(answer, token + ".") : answer;
  }

  private static ProxiedResponse emptied(ProxiedResponse answer, String token) {
    return PageMutants.withRows(answer, ArrayNode::removeAll)
        .edited(page -> page.put("next_page", token));
  }

  private static ProxiedResponse longTokens(ProxiedRequest request, Proxy.Service service)
      throws IOException {
    ProxiedRequest sent = request;
    if (request.path().endsWith("/nextPage") && request.token().length() > 5) {
      String token = request.token();
      sent =
          request.withToken(
              token.startsWith(PADDING) ? token.substring(PADDING.length()) : "no such token");
    }
    return withTokens(service.send(sent), token -> PADDING + token);
  }

  /** Gives no rows at first, but the token of the page that has them. */
  private static final class EmptyFirstPages implements Proxy.Behaviour {
    private final LaterPages later = new LaterPages();

    @Override
    public ProxiedResponse answer(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedResponse answer = later.answer(request, service);
      return answer.hasRows()
              && LaterPages.isForPage(request)
              && !LaterPages.isForLaterPage(request)
          ? emptied(answer, later.token(request))
          : answer;
    }
  }

  /** Has some pages after a 202 only. */
  private static final class SometimesLate implements Proxy.Behaviour {
    private final LaterPages later = new LaterPages();
    private final AtomicInteger pages = new AtomicInteger();

    @Override
    public ProxiedResponse answer(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedResponse answer = later.answer(request, service);
      return answer.status() == 200
              && LaterPages.isForPage(request)
              && pages.incrementAndGet() % 3 == 0
          ? later.accepted(request)
          : answer;
    }
  }

  /** Ends each token with a number of its own. */
  private static final class FreshTokens implements Proxy.Behaviour {
    private final AtomicInteger number = new AtomicInteger();

    @Override
    public ProxiedResponse answer(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedRequest sent =
          request.path().endsWith("/nextPage")
              ? request.withToken(request.token().replaceFirst("-[0-9]+-$", ""))
              : request;
      return withTokens(service.send(sent), token -> token + "-" + number.incrementAndGet() + "-");
    }
  }

  private static ProxiedResponse withTokens(ProxiedResponse answer, UnaryOperator<String> change) {
    return answer.edited(
        body -> {
          change(body, change);
          if (body.get("query_info") instanceof ObjectNode info) {
            change(info, change);
          }
        });
  }

  private static void change(ObjectNode object, UnaryOperator<String> change) {
    String token = object.path("next_page").asString("");
    if (!token.isEmpty()) {
      object.put("next_page", change.apply(token));
    }
  }
}
