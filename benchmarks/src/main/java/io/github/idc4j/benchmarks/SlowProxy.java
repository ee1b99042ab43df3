package io.github.idc4j.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Hands requests on to a service, and answers each after a fixed time, the service's own in it. */
final class SlowProxy implements AutoCloseable {

  private final URI service;
  private final Duration serviceTime;
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  SlowProxy(URI service, Duration serviceTime) throws IOException {
    this.service = service;
    this.serviceTime = serviceTime;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
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
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      TimeUnit.NANOSECONDS.sleep(serviceTime.toNanos() - (System.nanoTime() - begin));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
