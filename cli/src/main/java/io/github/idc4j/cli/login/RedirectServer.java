package io.github.idc4j.cli.login;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Waits on a free loopback port for the redirect that ends a login. Every program of this host, and
 * every web page, can send requests to this port. A request without the state of the login changes
 * nothing.
 */
final class RedirectServer implements AutoCloseable {

  /** A numeric address, because localhost can also resolve to an address of another program. */
  private static final String HOST = "127.0.0.1";

  private static final byte[] ADDRESS = {127, 0, 0, 1};

  private static final String PATH = "/";
  private static final Pattern ERROR = Pattern.compile("[a-z_]{1,50}");

  private final HttpServer server;
  private final String state;
  private final AtomicBoolean received = new AtomicBoolean();
  private final CompletableFuture<Map<String, String>> redirect = new CompletableFuture<>();

  /** More than one thread, so that a stranger who sends half a request does not stop the login. */
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "idc4j-login");
            thread.setDaemon(true);
            return thread;
          });

  private RedirectServer(HttpServer server, String state) {
    this.server = server;
    this.state = state;
    server.createContext(PATH, this::handle);
    server.setExecutor(threads);
  }

  /** Starts a server that accepts only a redirect with this state. */
  static RedirectServer start(String state) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(ADDRESS), 0), 0);
    RedirectServer redirects = new RedirectServer(server, state);
    server.start();
    return redirects;
  }

  /** Returns the redirect URI of the login. */
  String uri() {
    return "http://" + authority() + PATH;
  }

  private String authority() {
    return HOST + ":" + server.getAddress().getPort();
  }

  /**
   * Waits for the code.
   *
   * @throws LoginException if the issuer or the user refused the login, or if the time is over
   */
  String code(Duration timeout) throws InterruptedException, LoginException {
    try {
      Map<String, String> parameters = redirect.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      String code = parameters.getOrDefault("code", "");
      if (code.isEmpty()) {
        String error = parameters.getOrDefault("error", "");
        throw new LoginException(
            "the login was refused" + (ERROR.matcher(error).matches() ? " (" + error + ")." : "."));
      }
      return code;
    } catch (TimeoutException e) {
      throw new LoginException(
          "the login was not completed in the browser within "
              + timeout.toSeconds()
              + " s. Run the command again, with a longer --timeout if necessary.");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    boolean first = false;
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        respond(exchange, 404, "This page does not exist.");
      } else if (!exchange.getRequestMethod().equals("GET") || !isExpected(exchange)) {
        respond(exchange, 400, "This request does not belong to the login that idc4j waits for.");
      } else if (received.getAndSet(true)) {
        respond(exchange, 400, "idc4j has already received a response.");
      } else {
        first = true;
        respond(
            exchange, 200, "idc4j has received the response. Close this page and return to idc4j.");
      }
    } finally {
      // Not earlier, because the server stops then.
      if (first) {
        redirect.complete(parameters(exchange));
      }
    }
  }

  /** Returns whether a request is for this host name, as not after DNS rebinding, and the state. */
  private boolean isExpected(HttpExchange exchange) {
    try {
      return authority().equals(exchange.getRequestHeaders().getFirst("Host"))
          && MessageDigest.isEqual(
              state.getBytes(US_ASCII),
              parameters(exchange).getOrDefault("state", "").getBytes(UTF_8));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Map<String, String> parameters(HttpExchange exchange) {
    return Parameters.decode(
        Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""));
  }

  private static void respond(HttpExchange exchange, int status, String text) throws IOException {
    byte[] page =
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>idc4j</title><p>%s</p></html>\n"
            .formatted(text)
            .getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
    exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'");
    exchange.sendResponseHeaders(status, page.length);
    exchange.getResponseBody().write(page);
  }

  /** Stops the server. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
