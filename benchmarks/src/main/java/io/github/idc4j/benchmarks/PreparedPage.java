package io.github.idc4j.benchmarks;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The HTTP server of the service, with the same threads and buffers, but without the service: it
 * writes the bytes of one prepared page.
 */
final class PreparedPage {

  private final byte[] page;

  private PreparedPage(byte[] page) {
    this.page = page;
  }

  /**
   * Starts the server, prints its URL, and waits until the process is ended.
   *
   * @param args one value: the file with the page
   */
  public static void main(String[] args) throws IOException {
    PreparedPage prepared = new PreparedPage(Files.readAllBytes(Path.of(args[0])));
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1", new BlockingHandler(prepared::write))
            .setIoThreads(2)
            .setWorkerThreads(64)
            .build();
    server.start();
    System.out.println(
        "http://127.0.0.1:"
            + ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort()
            + "/");
  }

  private void write(HttpServerExchange exchange) throws IOException {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    try (OutputStream out = new BufferedOutputStream(exchange.getOutputStream(), 1 << 16)) {
      out.write(page);
    }
  }
}
