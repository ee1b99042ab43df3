package io.github.idc4j.benchmarks;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server of the service, with the same threads, but without the service: it writes the
 * bytes of one prepared page.
 */
final class PreparedPage extends Handler.Abstract {

  private final byte[] page;

  private PreparedPage(byte[] page) {
    this.page = page;
  }

  /**
   * Starts the server, prints its URL, and waits until the process is ended.
   *
   * @param args one value: the file with the page
   */
  public static void main(String[] args) throws Exception {
    Server server = new Server(new QueuedThreadPool(64));
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory());
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new PreparedPage(Files.readAllBytes(Path.of(args[0]))));
    server.start();
    System.out.println("http://127.0.0.1:" + connector.getLocalPort() + "/");
    server.join();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(page), callback);
    return true;
  }
}
