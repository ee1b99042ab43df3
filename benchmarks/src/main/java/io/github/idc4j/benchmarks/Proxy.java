package io.github.idc4j.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** Forwards requests to a service, and delays or compresses the responses. */
final class Proxy implements AutoCloseable {

  private final URI service;
  private final Duration serviceTime;
  private final boolean gzip;
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  private Proxy(URI service, Duration serviceTime, boolean gzip) throws IOException {
    this.service = service;
    this.serviceTime = serviceTime;
    this.gzip = gzip;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Starts a proxy that responds after a fixed time. The time that the service takes is part of it.
   */
  static Proxy slow(URI service, Duration serviceTime) throws IOException {
    return new Proxy(service, serviceTime, false);
  }

  /** Starts a proxy that compresses responses with gzip if the client accepts gzip. */
  static Proxy gzip(URI service) throws IOException {
    return new Proxy(service, Duration.ZERO, true);
  }

  String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + service.getPath();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      long begin = System.nanoTime();
      HttpRequest request =
          HttpRequest.newBuilder(service.resolve(exchange.getRequestURI().toString()))
              .header("Content-Type", "application/json")
              .method(
                  exchange.getRequestMethod(),
                  HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
              .build();
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      TimeUnit.NANOSECONDS.sleep(serviceTime.toNanos() - (System.nanoTime() - begin));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (gzip && acceptsGzip(exchange)) {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(response.statusCode(), 0);
        try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody(), 1 << 16)) {
          out.write(response.body());
        }
      } else {
        exchange.sendResponseHeaders(response.statusCode(), response.body().length);
        exchange.getResponseBody().write(response.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean acceptsGzip(HttpExchange exchange) {
    String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    return accepted != null && accepted.contains("gzip");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
