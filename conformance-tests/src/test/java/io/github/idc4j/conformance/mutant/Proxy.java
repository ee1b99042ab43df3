package io.github.idc4j.conformance.mutant;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** A reverse proxy that changes requests and responses of a service. */
public final class Proxy implements AutoCloseable {

  static {
    // Otherwise each response waits for a delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "date", "transfer-encoding");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Responds to a request, and may send any number of requests to the service. */
  @FunctionalInterface
  public interface Behaviour {
    ProxiedResponse respond(ProxiedRequest request, Service service) throws IOException;
  }

  /** Sends requests to the service. */
  @FunctionalInterface
  public interface Service {
    ProxiedResponse send(ProxiedRequest request) throws IOException;
  }

  /** The encoding of a body on the wire. */
  public enum Encoding {
    PLAIN,
    CHUNKED,
    GZIP
  }

  /** Starts on a free port. */
  public Proxy(URI service, Behaviour behaviour) throws IOException {
    this(service, behaviour, Encoding.PLAIN);
  }

  Proxy(URI service, Behaviour behaviour, Encoding encoding) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/", exchange -> handle(exchange, behaviour, request -> send(service, request), encoding));
    server.start();
  }

  /** Returns the base URL of the proxy. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  private static void handle(
      HttpExchange exchange, Behaviour behaviour, Service service, Encoding encoding)
      throws IOException {
    try (exchange) {
      ProxiedRequest request =
          new ProxiedRequest(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              header(exchange, "Authorization"),
              header(exchange, "Content-Type"),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      ProxiedResponse response = behaviour.respond(request, service);
      response.headers().entrySet().stream()
          .filter(header -> !OF_THE_CONNECTION.contains(header.getKey().toLowerCase(Locale.ROOT)))
          .forEach(header -> exchange.getResponseHeaders().put(header.getKey(), header.getValue()));
      write(exchange, response, encoding);
    }
  }

  private static void write(HttpExchange exchange, ProxiedResponse response, Encoding encoding)
      throws IOException {
    byte[] body = response.text().getBytes(StandardCharsets.UTF_8);
    if (body.length == 0) {
      exchange.sendResponseHeaders(response.status(), -1);
    } else if (encoding == Encoding.GZIP) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      exchange.sendResponseHeaders(response.status(), 0);
      try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody())) {
        out.write(body);
      }
    } else {
      exchange.sendResponseHeaders(
          response.status(), encoding == Encoding.CHUNKED ? 0 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  private static ProxiedResponse send(URI service, ProxiedRequest request) throws IOException {
    HttpRequest.Builder sent =
        HttpRequest.newBuilder(service.resolve(request.target()))
            .method(
                request.method(),
                request.text().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request.text()));
    if (!request.authorization().isEmpty()) {
      sent.header("Authorization", request.authorization());
    }
    if (!request.contentType().isEmpty()) {
      sent.header("Content-Type", request.contentType());
    }
    try {
      HttpResponse<String> response = HTTP.send(sent.build(), BodyHandlers.ofString());
      return new ProxiedResponse(response.statusCode(), response.headers().map(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
