package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Caller;
import io.github.idc4j.service.auth.InvalidTokenException;
import io.github.idc4j.service.cohort.AccountsUnavailableException;
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

  /** How long a client should wait after 429 and 503. */
  private static final String RETRY_SECONDS = "5";

  private final Router router;
  private final HttpServer.Verifier verifier;
  private final Rules rules;
  private final RequestLimits limits;
  private final Deadlines deadlines;
  private final Executor heavyThreads;
  private final Executor accountThreads;
  private final AtomicLong bodyBytes = new AtomicLong();

  Dispatcher(
      Router router,
      HttpServer.Verifier verifier,
      ServerSettings settings,
      Deadlines deadlines,
      Executor heavyThreads,
      Executor accountThreads) {
    this.router = router;
    this.verifier = verifier;
    this.rules = settings.rules();
    this.limits = settings.limits();
    this.deadlines = deadlines;
    this.heavyThreads = heavyThreads;
    this.accountThreads = accountThreads;
  }

  @Override
  public boolean handle(
      org.eclipse.jetty.server.Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getDecodedPath();
    Optional<Router.Match> match = router.find(path);
    if (match.isEmpty()) {
      Reply.page(404, "Not Found").write(response, callback);
      return true;
    }
    Route route = match.get().route();
    String method = request.getMethod();
    if (HttpMethod.OPTIONS.is(method)) {
      Exchange.of(request).operation(method, route.template());
      Reply.html(200, "").with(HttpHeader.ALLOW, route.allow()).write(response, callback);
      return true;
    }
    String handled = HttpMethod.HEAD.is(method) ? "GET" : method;
    Handler handler = route.handlers().get(handled);
    if (handler == null) {
      if (!path.endsWith("/") && !rules.existsWithoutSlash(route.slashed())) {
        Reply.page(404, "Not Found").write(response, callback);
      } else {
        Reply.page(405, "Method Not Allowed")
            .with(HttpHeader.ALLOW, route.allow())
            .write(response, callback);
      }
      return true;
    }
    Exchange.of(request).operation(handled, route.template());
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
      refuse(BodyReader.tooLarge(limits), request, response, callback);
      return;
    }
    new BodyReader(
            request,
            limits,
            bodyBytes,
            (body, failure) -> {
              deadlines.awaitResponse(request);
              if (failure != null) {
                refuse(failure, request, response, callback);
              } else {
                threads(request, body)
                    .execute(() -> respond(handler, integers, request, body, response, callback));
              }
            })
        .run();
  }

  /** Returns the threads that handle a request. Most requests take the thread that they have. */
  private Executor threads(org.eclipse.jetty.server.Request request, byte[] body) {
    if (request.getHeaders().contains(HttpHeader.AUTHORIZATION)) {
      return accountThreads;
    }
    return body.length > BodyReader.SMALL_BYTES ? heavyThreads : Runnable::run;
  }

  private void respond(
      Handler handler,
      Map<String, String> integers,
      org.eclipse.jetty.server.Request request,
      byte[] body,
      Response response,
      Callback callback) {
    CompletableFuture<Reply> reply;
    try {
      reply = handler.handle(request(request, integers, body));
    } catch (InvalidTokenException | SQLException | RuntimeException e) {
      reply = CompletableFuture.failedFuture(e);
    }
    var unused =
        reply
            .exceptionally(failure -> error(failure, request))
            .thenAccept(found -> write(found, response, callback))
            .whenComplete(
                (nothing, failure) -> {
                  if (failure != null) {
                    callback.failed(failure);
                  }
                });
  }

  private static Reply error(Throwable failure, org.eclipse.jetty.server.Request request) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof AccountsUnavailableException) {
      return error(ApiException.accountsUnavailable(), request);
    }
    if (cause instanceof ApiException e) {
      Reply reply = Reply.error(e);
      return e.status() == HttpStatus.TOO_MANY_REQUESTS_429
              || e.status() == HttpStatus.SERVICE_UNAVAILABLE_503
          ? reply.with(HttpHeader.RETRY_AFTER, RETRY_SECONDS)
          : reply;
    }
    if (cause instanceof InvalidTokenException e) {
      return Reply.error(401, e.getMessage())
          .with(HttpHeader.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    }
    Exchange exchange = Exchange.of(request);
    LOG.error("The request {} failed", exchange.id(), cause);
    return Reply.error(500, exchange.failureMessage());
  }

  private void write(Reply reply, Response response, Callback callback) {
    reply.writeHead(response);
    reply.body().write(response, deadlines, heavyThreads, callback);
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
      Reply reply = error(refused, request);
      if (refused.status() == HttpStatus.PAYLOAD_TOO_LARGE_413) {
        deadlines.awaitBody(request);
        BodyDiscarder.discard(request, () -> write(reply, response, callback));
      } else {
        write(reply, response, callback);
      }
    } else {
      write(
          Reply.error(400, "The request body is incomplete or is not valid HTTP.")
              .with(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString()),
          response,
          callback);
    }
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
        heavyThreads);
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
}
