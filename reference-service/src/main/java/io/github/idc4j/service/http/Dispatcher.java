package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Caller;
import io.github.idc4j.service.auth.InvalidTokenException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.UrlEncoded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the route and the caller of each request, and writes the response. No thread waits for the
 * rest of a request body, for a query, or for a client that reads slowly.
 */
final class Dispatcher extends org.eclipse.jetty.server.Handler.Abstract {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** How long a client should wait after 429. */
  private static final int RETRY_SECONDS = 5;

  private static final Map<String, String> SECURITY_HEADERS =
      Map.of(
          "X-Frame-Options", "SAMEORIGIN",
          "X-Content-Type-Options", "nosniff",
          "Content-Security-Policy", "default-src 'self'; object-src 'none'",
          "Referrer-Policy", "strict-origin-when-cross-origin",
          "Strict-Transport-Security", "max-age=3600; includeSubDomains");

  private final Router router;
  private final HttpServer.Verifier verifier;
  private final boolean quirks;
  private final RequestLimits limits;
  private final Deadlines deadlines;
  private final Executor rowThreads;
  private final AtomicLong bodyBytes = new AtomicLong();

  Dispatcher(
      Router router,
      HttpServer.Verifier verifier,
      HttpServer.Settings settings,
      Deadlines deadlines,
      Executor rowThreads) {
    this.router = router;
    this.verifier = verifier;
    this.quirks = settings.quirks();
    this.limits = settings.limits();
    this.deadlines = deadlines;
    this.rowThreads = rowThreads;
  }

  @Override
  public boolean handle(
      org.eclipse.jetty.server.Request request, Response response, Callback callback) {
    deadlines.awaitBody(request);
    org.eclipse.jetty.server.Request.addCompletionListener(
        request, failure -> deadlines.awaitRequest(request));
    SECURITY_HEADERS.forEach(response.getHeaders()::put);
    String path = request.getHttpURI().getDecodedPath();
    Optional<Router.Match> match = router.find(path);
    if (match.isEmpty()) {
      html(response, callback, 404, "Not Found");
      return true;
    }
    Route route = match.get().route();
    String method = request.getMethod();
    if (HttpMethod.OPTIONS.is(method)) {
      response.getHeaders().put(HttpHeader.ALLOW, route.allow());
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html; charset=utf-8");
      callback.succeeded();
      return true;
    }
    Handler handler = route.handlers().get(HttpMethod.HEAD.is(method) ? "GET" : method);
    if (handler == null) {
      if (quirks && route.slashed() && !path.endsWith("/")) {
        html(response, callback, 404, "Not Found");
      } else {
        response.getHeaders().put(HttpHeader.ALLOW, route.allow());
        html(response, callback, 405, "Method Not Allowed");
      }
      return true;
    }
    respond(handler, match.get().integers(), request, response, callback);
    return true;
  }

  private void respond(
      Handler handler,
      Map<String, String> integers,
      org.eclipse.jetty.server.Request request,
      Response response,
      Callback callback) {
    if (request.getLength() > limits.bodyBytes()) {
      write(error(BodyReader.tooLarge(limits), response), request, response, callback);
      return;
    }
    new BodyReader(
            request,
            limits,
            bodyBytes,
            (body, failure) -> {
              if (failure == null) {
                respond(handler, integers, request, body, response, callback);
              } else {
                refuse(failure, request, response, callback);
              }
            })
        .run();
  }

  private void respond(
      Handler handler,
      Map<String, String> integers,
      org.eclipse.jetty.server.Request request,
      byte[] body,
      Response response,
      Callback callback) {
    deadlines.awaitResponse(request);
    CompletableFuture<Map<String, Object>> members;
    try {
      members = handler.handle(request(request, integers, body));
    } catch (InvalidTokenException | SQLException | RuntimeException e) {
      members = CompletableFuture.failedFuture(e);
    }
    var unused =
        members
            .handle((found, failure) -> failure == null ? reply(found) : error(failure, response))
            .thenAccept(reply -> write(reply, request, response, callback))
            .whenComplete(
                (nothing, failure) -> {
                  if (failure != null) {
                    callback.failed(failure);
                  }
                });
  }

  /** A status code and the members of the JSON object in the body. */
  private record Reply(int status, Map<String, Object> members) {}

  private static Reply reply(Map<String, Object> members) {
    return new Reply((int) members.get("code"), members);
  }

  private static Reply error(Throwable failure, Response response) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof ApiException e) {
      if (e.status() == HttpStatus.TOO_MANY_REQUESTS_429) {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
      }
      return new Reply(e.status(), Map.of("code", e.code(), "message", e.getMessage()));
    }
    if (cause instanceof InvalidTokenException e) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
      return reply(Map.of("code", 401, "message", e.getMessage()));
    }
    LOG.error("A request failed", cause);
    return reply(Map.of("code", 500, "message", "The service failed; its log says why."));
  }

  private void write(
      Reply reply, org.eclipse.jetty.server.Request request, Response response, Callback callback) {
    response.setStatus(reply.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    JsonBody json = JsonBody.of(reply.members());
    if (HttpMethod.HEAD.is(request.getMethod())) {
      callback.succeeded();
    } else {
      json.write(response, deadlines, rowThreads, callback);
    }
  }

  /**
   * Responds to a request whose body is refused, incomplete or not valid. If it is not valid, the
   * connection is closed, because the next request on it cannot be found.
   */
  private void refuse(
      Throwable failure,
      org.eclipse.jetty.server.Request request,
      Response response,
      Callback callback) {
    if (failure instanceof ApiException refused) {
      write(error(refused, response), request, response, callback);
      return;
    }
    response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    write(
        error(
            ApiException.badRequest("The request body is incomplete or is not valid HTTP."),
            response),
        request,
        response,
        callback);
  }

  private Request request(
      org.eclipse.jetty.server.Request request, Map<String, String> integers, byte[] body)
      throws InvalidTokenException {
    return new Request(
        caller(request.getHeaders().get(HttpHeader.AUTHORIZATION)),
        integers,
        query(request.getHttpURI().getQuery()),
        request.getHeaders().get(HttpHeader.CONTENT_TYPE),
        new Body(body),
        resource ->
            org.eclipse.jetty.server.Request.addCompletionListener(
                request, failure -> close(resource)),
        request.getComponents().getExecutor());
  }

  /** Reads the query parameters. Invalid percent-encoding is not an error. */
  private static Map<String, List<String>> query(String text) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (text != null) {
      UrlEncoded.decodeUtf8To(
          text,
          0,
          text.length(),
          (key, value) -> query.computeIfAbsent(key, name -> new ArrayList<>()).add(value),
          true,
          true,
          true);
    }
    return query;
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.warn("A resource of a request can't be closed", e);
    }
  }

  private Caller caller(String authorization) throws InvalidTokenException {
    if (authorization == null) {
      return new Caller.Anonymous();
    }
    String token = authorization.replaceFirst("(?i)^bearer +", "");
    return verifier.verify(token);
  }

  private static void html(Response response, Callback callback, int status, String reason) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html; charset=utf-8");
    String page =
        "<!doctype html>\n<title>%1$s %2$s</title>\n<h1>%2$s</h1>\n".formatted(status, reason);
    response.write(true, ByteBuffer.wrap(page.getBytes(StandardCharsets.UTF_8)), callback);
  }
}
