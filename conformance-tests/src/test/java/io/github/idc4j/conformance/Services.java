package io.github.idc4j.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Services that the suite is tried on. */
public final class Services {

  static {
    // Otherwise each answer waits for an acknowledgement that comes late.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

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
