package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Caller;
import io.github.idc4j.service.auth.InvalidTokenException;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import tools.jackson.core.JacksonException;

/**
 * Listens on the loopback address. Finds the route and the caller of each request, and writes the
 * response.
 */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(HttpServer.class);
  private static final String HOST = "127.0.0.1";
  private static final long MAX_BODY_BYTES = 10L << 20;

  /**
   * The number of worker threads. It is high because a request occupies a thread while it waits for
   * its query.
   */
  private static final int THREADS = 64;

  /** How long requests may continue after the server begins to stop, in milliseconds. */
  private static final int STOP_MILLIS = 1000;

  private static final Map<String, String> SECURITY_HEADERS =
      Map.of(
          "X-Frame-Options", "SAMEORIGIN",
          "X-Content-Type-Options", "nosniff",
          "Content-Security-Policy", "default-src 'self'; object-src 'none'",
          "Referrer-Policy", "strict-origin-when-cross-origin",
          "Strict-Transport-Security", "max-age=3600; includeSubDomains");

  /** Verifies a bearer token and returns its user. */
  @FunctionalInterface
  interface Verifier {
    Caller verify(String token) throws InvalidTokenException;
  }

  private final Router router;
  private final Verifier verifier;
  private final boolean quirks;
  private final Undertow undertow;

  HttpServer(int port, List<Route> routes, Verifier verifier, boolean quirks, boolean cors) {
    this.router = new Router(routes, quirks);
    this.verifier = verifier;
    this.quirks = quirks;
    HttpHandler handler = new BlockingHandler(this::handle);
    this.undertow =
        Undertow.builder()
            .addHttpListener(port, HOST, cors ? new Cors(handler) : handler)
            .setIoThreads(2)
            .setWorkerThreads(THREADS)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, MAX_BODY_BYTES)
            .setServerOption(UndertowOptions.DECODE_URL, true)
            .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, STOP_MILLIS)
            .build();
    undertow.start();
  }

  /** Returns the port that the server listens on. */
  public int port() {
    return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
  }

  private void handle(HttpServerExchange exchange) throws IOException {
    SECURITY_HEADERS.forEach(
        (name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    String method = exchange.getRequestMethod().toString();
    Optional<Router.Match> match = router.find(exchange.getRequestPath());
    if (match.isEmpty()) {
      html(exchange, 404, "Not Found");
      return;
    }
    Route route = match.get().route();
    if (method.equals("OPTIONS")) {
      exchange.getResponseHeaders().put(Headers.ALLOW, route.allow());
      exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/html; charset=utf-8");
      return;
    }
    Handler handler = route.handlers().get(method.equals("HEAD") ? "GET" : method);
    if (handler == null) {
      if (quirks && route.slashed() && !exchange.getRequestPath().endsWith("/")) {
        html(exchange, 404, "Not Found");
      } else {
        exchange.getResponseHeaders().put(Headers.ALLOW, route.allow());
        html(exchange, 405, "Method Not Allowed");
      }
      return;
    }
    respond(exchange, handler, match.get().integers());
  }

  private void respond(HttpServerExchange exchange, Handler handler, Map<String, String> integers)
      throws IOException {
    Map<String, Object> body;
    int status;
    try {
      body = handler.handle(request(exchange, integers));
      status = (int) body.get("code");
    } catch (ApiException e) {
      body = Map.of("code", e.code(), "message", e.getMessage());
      status = e.status();
    } catch (InvalidTokenException e) {
      exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
      body = Map.of("code", 401, "message", e.getMessage());
      status = 401;
    } catch (RequestTooBigException e) {
      body = Map.of("code", 413, "message", "The body has more than " + MAX_BODY_BYTES + " bytes.");
      status = 413;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      body = Map.of("code", 500, "message", "The service is stopping.");
      status = 500;
    } catch (SQLException | RuntimeException e) {
      LOG.error("A request failed", e);
      body = Map.of("code", 500, "message", "The service failed; its log says why.");
      status = 500;
    }
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    if (!exchange.getRequestMethod().toString().equals("HEAD")) {
      try (OutputStream out = exchange.getOutputStream()) {
        Json.MAPPER.writeValue(out, body);
      } catch (JacksonException e) {
        if (e.getCause() instanceof UncheckedIOException) {
          LOG.error("The rows of a page can't be read", e);
        }
        // Undertow treats this exception like a lost connection: it closes the connection and logs
        // nothing.
        throw new IOException(e);
      }
    }
  }

  private Request request(HttpServerExchange exchange, Map<String, String> integers)
      throws IOException, InvalidTokenException {
    return new Request(
        caller(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION)),
        integers,
        exchange.getQueryParameters(),
        exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE),
        new String(exchange.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
        resource ->
            exchange.addExchangeCompleteListener(
                (ended, next) -> {
                  close(resource);
                  next.proceed();
                }));
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

  private static void html(HttpServerExchange exchange, int status, String reason) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/html; charset=utf-8");
    exchange
        .getResponseSender()
        .send(
            "<!doctype html>\n<title>%1$s %2$s</title>\n<h1>%2$s</h1>\n".formatted(status, reason),
            StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    undertow.stop();
  }
}
