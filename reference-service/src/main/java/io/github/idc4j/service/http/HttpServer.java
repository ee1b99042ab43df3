package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Caller;
import io.github.idc4j.service.auth.InvalidTokenException;
import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
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

  /**
   * The buffer of the operating system for each connection, in bytes. It would otherwise grow to
   * several megabytes for a client that does not read.
   */
  private static final int SEND_BUFFER_BYTES = 256 << 10;

  /** How long requests may continue after the server begins to stop, in milliseconds. */
  private static final int STOP_MILLIS = 1000;

  /** Verifies a bearer token and returns its user. */
  @FunctionalInterface
  interface Verifier {
    Caller verify(String token) throws InvalidTokenException;
  }

  /**
   * The settings of a server.
   *
   * @param cors whether web pages of other origins may call the service
   * @param hosts the names of this host, in addition to those of the loopback host
   */
  record Settings(
      Rules rules, boolean cors, Set<String> hosts, RequestLimits limits, Metrics metrics) {

    /** Creates an instance with a copy of the names. */
    Settings {
      hosts = Set.copyOf(hosts);
    }
  }

  /**
   * Read and write rows, and handle requests with large bodies. So few that short requests need not
   * wait for many heavy ones.
   */
  private final ExecutorService heavyThreads =
      Executors.newFixedThreadPool(
          Math.max(2, Runtime.getRuntime().availableProcessors()),
          task -> {
            Thread thread = new Thread(task, "idc4j-heavy");
            thread.setDaemon(true);
            return thread;
          });

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
      Settings settings)
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
    connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
    Deadlines deadlines = new Deadlines(settings.limits());
    // An idle timeout would also close connections of clients that wait for a query.
    connector.setIdleTimeout(0);
    connector.addBean(deadlines);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(settings.limits().connections(), connector));
    Dispatcher dispatcher =
        new Dispatcher(
            new Router(routes, settings.rules()), verifier, settings, deadlines, heavyThreads);
    org.eclipse.jetty.server.Handler operations =
        settings.cors() ? new Cors(dispatcher) : dispatcher;
    // The issuer comes before Cors, so that its responses never allow CORS.
    org.eclipse.jetty.server.Handler all =
        issuer.isPresent() ? new IssuerHandler(issuer.get(), operations) : operations;
    server.setHandler(new GracefulHandler(new CommonHeaders(new Hosts(all, settings.hosts()))));
    server.setErrorHandler(new JsonErrors());
    server.setRequestLog(
        new org.eclipse.jetty.server.RequestLog.Collection(settings.metrics(), new RequestLog()));
    server.setStopTimeout(STOP_MILLIS);
    try {
      server.start();
      deadlines.watch(connector.getScheduler());
    } catch (Exception e) {
      close();
      if (e.getCause() instanceof BindException cause) {
        throw cannotListen(port, cause);
      }
      throw e instanceof IOException failure ? failure : new IOException(e);
    }
  }

  private static BindException cannotListen(int port, BindException cause) {
    BindException failure =
        new BindException("cannot listen on port " + port + ": " + cause.getMessage());
    failure.initCause(cause);
    return failure;
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
    heavyThreads.shutdown();
  }
}
