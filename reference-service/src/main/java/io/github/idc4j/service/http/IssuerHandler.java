package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.LoginException;
import io.github.idc4j.service.auth.Loopback;
import io.github.idc4j.service.cohort.AccountsUnavailableException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.UrlEncoded;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes requests to the {@link DevelopmentIssuer}, and all others to the next handler. The issuer
 * asks for no password, so a web page must not be able to use it: it refuses requests from other
 * origins, and none of its responses allows CORS.
 */
final class IssuerHandler extends Handler.Wrapper {

  private static final Logger LOG = LoggerFactory.getLogger(IssuerHandler.class);
  private static final int MAX_BODY_BYTES = 1 << 16;

  private static final Map<String, String> HEADERS =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy",
              "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
          "X-Frame-Options", "DENY",
          "X-Content-Type-Options", "nosniff",
          // With no-referrer, browsers would send the form with "Origin: null".
          "Referrer-Policy", "same-origin");

  private final DevelopmentIssuer issuer;
  private final Executor threads;

  /**
   * Creates a handler.
   *
   * @param threads wait for the database with the accounts
   */
  IssuerHandler(DevelopmentIssuer issuer, Executor threads, Handler next) {
    super(next);
    this.issuer = issuer;
    this.threads = threads;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Map<String, DevelopmentIssuer.Action> actions =
        issuer.actions(request.getHttpURI().getDecodedPath());
    if (actions.isEmpty()) {
      return super.handle(request, response, callback);
    }
    HEADERS.forEach(response.getHeaders()::put);
    String method = HttpMethod.HEAD.is(request.getMethod()) ? "GET" : request.getMethod();
    DevelopmentIssuer.Action action = actions.get(method);
    if (action != null) {
      Exchange.of(request).operation(method, request.getHttpURI().getDecodedPath());
    }
    if (isForeign(request)) {
      Reply.error(
              403,
              "The development issuer accepts requests only from this host, and from no web"
                  + " page of another origin.")
          .write(response, callback);
    } else if (action == null) {
      response.getHeaders().put(HttpHeader.ALLOW, String.join(", ", actions.keySet()));
      Reply.error(405, "The method is not allowed.").write(response, callback);
    } else {
      Content.Source.asByteArrayAsync(
          request,
          MAX_BODY_BYTES,
          Promise.Invocable.from(
              InvocationType.NON_BLOCKING,
              body -> threads.execute(() -> reply(action, request, body).write(response, callback)),
              failure -> refuse(failure, response, callback)));
    }
    return true;
  }

  /**
   * Returns whether a request is for another host, as after DNS rebinding, came through a proxy, or
   * is from a web page of another origin. A page may link to the login page, but neither frame nor
   * read it.
   */
  private static boolean isForeign(Request request) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    String site = request.getHeaders().get("Sec-Fetch-Site");
    boolean link =
        HttpMethod.GET.is(request.getMethod())
            && "document".equals(request.getHeaders().get("Sec-Fetch-Dest"));
    return !Loopback.isHost(Request.getServerName(request))
        || TrustedProxies.isForwarded(request.getHeaders())
        || !(origin == null || origin.equals(DevelopmentIssuer.url(request).toString()))
        || !(site == null || Set.of("same-origin", "none").contains(site) || link);
  }

  private static Reply reply(DevelopmentIssuer.Action action, Request request, byte[] body) {
    try {
      return action.reply(request, new String(body, StandardCharsets.UTF_8));
    } catch (ApiException e) {
      return Reply.error(e);
    } catch (LoginException e) {
      return Reply.of(
          400,
          Map.of(
              "error", e.error(),
              "error_description", e.getMessage(),
              "message", e.getMessage()));
    } catch (AccountsUnavailableException e) {
      return Reply.error(503, ApiException.accountsUnavailable().getMessage());
    } catch (SQLException | RuntimeException e) {
      Exchange exchange = Exchange.of(request);
      LOG.error("The request {} to the development issuer failed", exchange.id(), e);
      return Reply.error(500, exchange.failureMessage());
    }
  }

  private static void refuse(Throwable failure, Response response, Callback callback) {
    if (failure instanceof IllegalStateException) {
      Reply.error(413, "The body has more than " + MAX_BODY_BYTES + " bytes.")
          .write(response, callback);
    } else {
      callback.failed(failure);
    }
  }

  /** Reads parameters of a form or a query. Each may occur once. */
  static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new HashMap<>();
    try {
      UrlEncoded.decodeTo(
          text,
          (name, value) -> {
            if (parameters.put(name, value) != null) {
              throw ApiException.badRequest("The parameter " + name + " occurs twice.");
            }
          },
          StandardCharsets.UTF_8);
    } catch (ApiException e) {
      throw e;
    } catch (RuntimeException e) {
      throw ApiException.badRequest("The parameters have invalid percent-encoding.");
    }
    return parameters;
  }
}
