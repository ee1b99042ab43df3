package io.github.idc4j.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Services that the suite is tried on. */
public final class Services {

  static {
    // Otherwise each answer waits for an acknowledgement that comes late.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "date", "transfer-encoding");

  private Services() {}

  /** Returns a small reference service with an address that answers 202 twice. */
  public static ReferenceService.Builder reference(Path dataFolder) {
    return ReferenceService.builder()
        .dataFolder(dataFolder)
        .slowAddress(2)
        .sampleSize(new SampleSize(Map.of("tcga_luad", 12, "tcga_kirc", 9, "nlst", 5), 4000));
  }

  /** Returns a server on a free port that answers nothing yet. */
  static HttpServer server() throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  /** Passes requests on to a service, and its answers back as they are changed. */
  static HttpServer tampering(URI service, Tampering tampering) throws IOException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpServer server = server();
    server.createContext(
        "/",
        exchange -> {
          String target = exchange.getRequestURI().toString();
          HttpRequest.Builder request =
              HttpRequest.newBuilder(service.resolve(target))
                  .method(
                      exchange.getRequestMethod(),
                      BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
          for (String name : List.of("Authorization", "Content-Type")) {
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                .ifPresent(value -> request.header(name, value));
          }
          try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            response.headers().map().entrySet().stream()
                .filter(header -> !OF_THE_CONNECTION.contains(header.getKey()))
                .forEach(
                    header ->
                        exchange.getResponseHeaders().put(header.getKey(), header.getValue()));
            answer(
                exchange,
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                tampering.changed(target, response.body()));
          } catch (InterruptedException e) {
            throw new InterruptedIOException();
          }
        });
    server.start();
    return server;
  }

  /** Changes an answer. */
  interface Tampering {
    String changed(String target, String body);
  }

  /** Returns the address below which a server has its operations. */
  static URI baseUrl(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  /** Answers a request of a service that is none of ours. */
  static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
