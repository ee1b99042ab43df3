package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Caller;
import io.github.idc4j.service.auth.InvalidTokenException;
import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the loopback address. A {@link Dispatcher} responds to the requests. */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final String HOST = "127.0.0.1";

  /** The number of threads. Some wait for short operations of DuckDB. */
  private static final int THREADS = 32;

  /** How long requests may continue after the server begins to stop, in milliseconds. */
  private static final int STOP_MILLIS = 1000;

  /** Verifies a bearer token and returns its user. */
  @FunctionalInterface
  interface Verifier {
    Caller verify(String token) throws InvalidTokenException;
  }

  private final Server server;
  private final ServerConnector connector;

  /**
   * Starts a server.
   *
   * @param port the port; 0 for any free port
   * @throws IOException if the server cannot listen on the port
   */
  HttpServer(
      int port,
      List<Route> routes,
      Verifier verifier,
      Optional<DevelopmentIssuer> issuer,
      boolean quirks,
      boolean cors)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName("idc4j-http");
    threads.setDaemon(true);
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(HOST);
    connector.setPort(port);
    server.addConnector(connector);
    Dispatcher dispatcher = new Dispatcher(new Router(routes, quirks), verifier, quirks);
    org.eclipse.jetty.server.Handler operations = cors ? new Cors(dispatcher) : dispatcher;
    // The issuer comes before Cors, so that its responses never allow CORS.
    org.eclipse.jetty.server.Handler all =
        issuer.isPresent() ? new IssuerHandler(issuer.get(), operations) : operations;
    server.setHandler(new GracefulHandler(all));
    server.setErrorHandler(new JsonErrors());
    server.setStopTimeout(STOP_MILLIS);
    try {
      server.start();
    } catch (Exception e) {
      close();
      if (e.getCause() instanceof BindException cause) {
        throw cause;
      }
      throw e instanceof IOException failure ? failure : new IOException(e);
    }
  }

  /** Returns the port that the server listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.debug("Some requests had not ended when the server stopped", e);
    }
  }
}
