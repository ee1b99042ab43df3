package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Caller;
import io.github.idc4j.service.auth.InvalidTokenException;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on an address of this host. A {@link Dispatcher} responds to the requests. */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** The number of threads. Some wait for short operations of DuckDB. */
  private static final int THREADS = 32;

  private static final int ACCOUNT_THREADS = 8;

  /**
   * The buffer of the operating system for each connection, in bytes. It would otherwise grow to
   * several megabytes for a client that does not read.
   */
  private static final int SEND_BUFFER_BYTES = 256 << 10;

  /**
   * The number of new connections that may wait to be accepted. With Java's default of 50, clients
   * that connect at the same time wait a second until they try again.
   */
  private static final int WAITING_CONNECTIONS = 1024;

  /** Verifies a bearer token and returns its user. */
  @FunctionalInterface
  interface Verifier {
    Caller verify(String token) throws InvalidTokenException;
  }

  private final HeavyThreads heavyThreads = new HeavyThreads();

  /**
   * Handle requests with ID tokens, and those to the development issuer. They may wait for the keys
   * of an issuer or for the database with the accounts.
   */
  private final ExecutorService accountThreads =
      Executors.newFixedThreadPool(
          ACCOUNT_THREADS,
          task -> {
            Thread thread = new Thread(task, "idc4j-accounts");
            thread.setDaemon(true);
            return thread;
          });

  private final NetworkSettings network;
  private final Deadlines deadlines;
  private final Server server;
  private final ServerConnector connector;

  /**
   * Starts a server.
   *
   * @throws IOException if the server cannot listen on the port
   */
  HttpServer(
      List<Route> routes,
      Verifier verifier,
      Optional<DevelopmentIssuer> issuer,
      ServerSettings settings)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName("idc4j-http");
    threads.setDaemon(true);
    server = new Server(threads);
    network = settings.network();
    connector = new ServerConnector(server, 1, 1, protocols(network));
    connector.setHost(network.address().getHostAddress());
    connector.setPort(network.port());
    connector.setAcceptQueueSize(WAITING_CONNECTIONS);
    connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
    deadlines = new Deadlines(settings.limits());
    // An idle timeout would also close connections of clients that wait for a query.
    connector.setIdleTimeout(0);
    connector.setShutdownIdleTimeout(network.stopWait().toMillis());
    connector.addBean(deadlines);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(settings.limits().connections(), connector));
    Dispatcher dispatcher =
        new Dispatcher(
            new Router(routes, settings.rules()),
            verifier,
            settings,
            deadlines,
            heavyThreads,
            accountThreads);
    org.eclipse.jetty.server.Handler operations =
        settings.cors() ? new Cors(dispatcher) : dispatcher;
    // The issuer comes before Cors, so that its responses never allow CORS.
    org.eclipse.jetty.server.Handler all =
        issuer.isPresent()
            ? new IssuerHandler(issuer.get(), accountThreads, operations)
            : operations;
    org.eclipse.jetty.server.Handler allowed = new Gzip(new Hosts(all, network));
    server.setHandler(
        new GracefulHandler(new DeadlineHandler(deadlines, new CommonHeaders(allowed))));
    server.setErrorHandler(new JsonErrors());
    server.setRequestLog(
        new org.eclipse.jetty.server.RequestLog.Collection(
            settings.monitoring().metrics(), new RequestLog()));
    server.setStopTimeout(network.stopWait().toMillis());
    try {
      server.start();
      deadlines.watch(connector.getScheduler());
    } catch (Exception e) {
      close();
      if (e.getCause() instanceof BindException cause) {
        throw cannotListen(network, cause);
      }
      throw e instanceof IOException failure ? failure : new IOException(e);
    }
  }

  private static BindException cannotListen(NetworkSettings network, BindException cause) {
    BindException failure =
        new BindException(
            "cannot listen on port "
                + network.port()
                + (network.isLocal() ? "" : " of " + network.address().getHostAddress())
                + ": "
                + cause.getMessage());
    failure.initCause(cause);
    return failure;
  }

  private static ConnectionFactory[] protocols(NetworkSettings network) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    if (!network.trustedProxies().isEmpty()) {
      http.addCustomizer(new TrustedProxies(network.trustedProxies()));
    }
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (network.tls().isEmpty()) {
      return new ConnectionFactory[] {plain};
    }
    // Hosts decides which host names are allowed. By default, Jetty refuses all names that are not
    // in the certificate.
    http.addCustomizer(new SecureRequestCustomizer(false));
    TlsKey key = network.tls().get();
    key.warnings().forEach(LOG::warn);
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(key.context());
    tls.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    tls.setRenegotiationAllowed(false);
    return new ConnectionFactory[] {new SslConnectionFactory(tls, plain.getProtocol()), plain};
  }

  /** Returns the URL of the server, without a path. */
  public URI url() {
    return network.url(connector.getLocalPort());
  }

  /** Refuses new requests, waits for running ones for the time in the settings, and stops. */
  @Override
  public void close() {
    deadlines.stop();
    try {
      server.stop();
    } catch (Exception e) {
      LOG.debug("Some requests had not ended when the server stopped", e);
    }
    heavyThreads.close();
    accountThreads.shutdown();
  }
}
