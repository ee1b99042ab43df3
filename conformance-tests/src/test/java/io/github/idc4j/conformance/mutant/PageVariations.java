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

/** Legal variations of pages and tokens. */
final class PageVariations {

  private static final String PADDING = "AB".repeat(850);
  private static final int MOST_ROWS = 20;

  /** The default page size. */
  private static final int DEFAULT_SIZE = 1000;

  private PageVariations() {}

  static void addTo(List<Variation> all) {
    all.add(sized("pages of at most 20 rows", size -> Math.min(size, MOST_ROWS)));
    all.add(sized("pages of half the size", size -> size / 2 + size % 2));
    all.add(
        new Variation(
            "first pages of 400 to 900 rows, another number each time",
            Proxy.Encoding.PLAIN,
            VaryingFirstPages::new));
    all.add(new Variation("202 before every third page", Proxy.Encoding.PLAIN, SometimesLate::new));
    all.add(
        new Variation(
            "an empty page before each later page",
            Proxy.Encoding.PLAIN,
            () -> PageVariations::emptyPages));
    all.add(
        new Variation(
            "an empty first page with a token", Proxy.Encoding.PLAIN, EmptyFirstPages::new));
    all.add(
        new Variation(
            "tokens of 2,000 characters", Proxy.Encoding.PLAIN, () -> PageVariations::longTokens));
    all.add(new Variation("a new token in each response", Proxy.Encoding.PLAIN, FreshTokens::new));
  }

  /** Returns fewer rows than page_size or its default. */
  private static Variation sized(String what, IntUnaryOperator limit) {
    return new Variation(
        what,
        Proxy.Encoding.PLAIN,
        () -> (request, service) -> service.send(sized(request, limit)));
  }

  private static ProxiedRequest sized(ProxiedRequest request, IntUnaryOperator limit) {
    if (!LaterPages.isForPage(request)) {
      return request;
    }
    Matcher size = Pattern.compile("page_size=([^&]*)").matcher(request.target());
    if (!size.find()) {
      return request.withTarget(
          request.target()
              + (request.has("?") ? "&" : "?")
              + "page_size="
              + limit.applyAsInt(DEFAULT_SIZE));
    }
    return size.group(1).matches("[1-9][0-9]{0,8}|2147483647")
        ? request.withTarget(
            size.replaceFirst("page_size=" + limit.applyAsInt(Integer.parseInt(size.group(1)))))
        : request;
  }

  /** Limits first pages like a service that limits their time. */
  private static final class VaryingFirstPages implements Proxy.Behaviour {
    private final AtomicInteger requests = new AtomicInteger();

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      int most = 400 + 100 * (requests.getAndIncrement() % 6);
      return service.send(
          request.path().endsWith("/nextPage")
              ? request
              : sized(request, size -> Math.min(size, most)));
    }
  }

  /**
   * Returns an empty page for a token; its next_page is the token with a dot, for the real page.
   */
  private static ProxiedResponse emptyPages(ProxiedRequest request, Proxy.Service service)
      throws IOException {
    if (!request.path().endsWith("/nextPage")) {
      return service.send(request);
    }
    String token = request.token();
    if (token.endsWith(".")) {
      return service.send(request.withToken(token.substring(0, token.length() - 1)));
    }
    ProxiedResponse response = service.send(request);
    return response.hasRows() ? emptied(response, token + ".") : response;
  }

  private static ProxiedResponse emptied(ProxiedResponse response, String token) {
    return PageMutants.withRows(response, ArrayNode::removeAll)
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

  /** Returns an empty first page with the token of the real one. */
  private static final class EmptyFirstPages implements Proxy.Behaviour {
    private final LaterPages later = new LaterPages();

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedResponse response = later.respond(request, service);
      return response.hasRows()
              && LaterPages.isForPage(request)
              && !LaterPages.isForLaterPage(request)
          ? emptied(response, later.token(request))
          : response;
    }
  }

  /** Returns 202 before some pages. */
  private static final class SometimesLate implements Proxy.Behaviour {
    private final LaterPages later = new LaterPages();
    private final AtomicInteger pages = new AtomicInteger();

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedResponse response = later.respond(request, service);
      return response.status() == 200
              && LaterPages.isForPage(request)
              && pages.incrementAndGet() % 3 == 0
          ? later.accepted(request)
          : response;
    }
  }

  /** Appends a new number to each token. */
  private static final class FreshTokens implements Proxy.Behaviour {
    private final AtomicInteger number = new AtomicInteger();

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedRequest sent =
          request.path().endsWith("/nextPage")
              ? request.withToken(request.token().replaceFirst("-[0-9]+-$", ""))
              : request;
      return withTokens(service.send(sent), token -> token + "-" + number.incrementAndGet() + "-");
    }
  }

  private static ProxiedResponse withTokens(
      ProxiedResponse response, UnaryOperator<String> change) {
    return response.edited(
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
