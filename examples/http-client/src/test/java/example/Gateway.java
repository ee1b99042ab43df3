package example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;
import okhttp3.tls.HandshakeCertificates;

/** A server on loopback that forwards requests to the service: a proxy, or an HTTPS front end. */
final class Gateway implements AutoCloseable {

  private static final InetSocketAddress FREE_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Integer> statuses = new CopyOnWriteArrayList<>();
  private final AtomicInteger handshakes = new AtomicInteger();
  private final URI service;
  private final HttpServer server;

  /** Starts an HTTP proxy that requires a value of the header Proxy-Authorization. */
  static Gateway proxy(URI service, String authorization) throws IOException {
    Gateway proxy = new Gateway(service, HttpServer.create(FREE_PORT, 0));
    proxy.start(
        exchange -> {
          if (authorization.equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"))) {
            return proxy.forward(exchange);
          }
          exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"example\"");
          exchange.sendResponseHeaders(407, -1);
          return 407;
        });
    return proxy;
  }

  /** Starts an HTTPS front end. */
  static Gateway https(
      URI service, HandshakeCertificates certificates, boolean requireClientCertificate)
      throws IOException {
    HttpsServer server = HttpsServer.create(FREE_PORT, 0);
    Gateway frontEnd = new Gateway(service, server);
    server.setHttpsConfigurator(
        new HttpsConfigurator(certificates.sslContext()) {
          @Override
          public void configure(HttpsParameters parameters) {
            frontEnd.handshakes.incrementAndGet();
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setNeedClientAuth(requireClientCertificate);
            parameters.setSSLParameters(tls);
          }
        });
    frontEnd.start(frontEnd::forward);
    return frontEnd;
  }

  private Gateway(URI service, HttpServer server) {
    this.service = service;
    this.server = server;
  }

  private interface Handler {

    /** Responds to a request and returns the status code. */
    int handle(HttpExchange exchange) throws IOException;
  }

  private void start(Handler handler) {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            statuses.add(handler.handle(exchange));
          }
        });
    server.start();
  }

  private int forward(HttpExchange exchange) throws IOException {
    URI target = exchange.getRequestURI();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            service.resolve(
                target.getRawQuery() == null
                    ? target.getRawPath()
                    : target.getRawPath() + "?" + target.getRawQuery()));
    String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    byte[] body = exchange.getRequestBody().readAllBytes();
    request.method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      response
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(response.statusCode(), response.body().length);
      exchange.getResponseBody().write(response.body());
      return response.statusCode();
    } catch (InterruptedException e) {
      throw new IOException("Interrupted while forwarding a request", e);
    }
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  /** Returns the service's base URL with this server's host and port. */
  String baseUrl() {
    return "https://localhost:" + address().getPort() + service.getPath();
  }

  /** Returns the status codes of the responses so far. */
  List<Integer> statuses() {
    return statuses;
  }

  /** Returns the number of connections that reached the TLS handshake. */
  int handshakes() {
    return handshakes.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
