package io.github.idc4j.conformance.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Relays connections to a port on loopback: a TLS front end, or a recorder of requests. */
public class Relay implements AutoCloseable {

  private static final Pattern REQUEST =
      Pattern.compile("(?m)^[A-Z]+ \\S+ HTTP/1\\.1\\r\\n(\\S+: .*\\r\\n)*");

  private final ServerSocket server;
  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final StringBuilder received = new StringBuilder();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  /** Starts a relay of plain connections. */
  public static Relay plain(int target) throws IOException {
    return new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target).start();
  }

  /** Starts a relay that ends TLS. */
  public static Relay tls(int target, SSLContext context, boolean clientCertificate)
      throws IOException {
    SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(clientCertificate);
    return new Relay(server, target).start();
  }

  Relay(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  Relay start() {
    threads.execute(this::accept);
    return this;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        sockets.add(client);
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      handle(client);
    } catch (IOException e) {
      failures.add(e);
    }
  }

  /** Handles a connection. */
  void handle(Socket client) throws IOException {
    try (Socket service = connect()) {
      exchange(client, service);
    }
  }

  Socket connect() throws IOException {
    Socket service = new Socket(InetAddress.getLoopbackAddress(), target);
    sockets.add(service);
    return service;
  }

  /** Copies bytes in both directions until one side closes. */
  void exchange(Socket client, Socket service) throws IOException {
    Future<?> requests = threads.submit(() -> copyRequests(client, service));
    InputStream in = service.getInputStream();
    OutputStream out = client.getOutputStream();
    byte[] buffer = new byte[1 << 13];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
      out.flush();
    }
    requests.cancel(true);
  }

  private void copyRequests(Socket client, Socket service) {
    try {
      InputStream in = client.getInputStream();
      OutputStream out = service.getOutputStream();
      byte[] buffer = new byte[1 << 13];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        received(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
        out.write(buffer, 0, n);
        out.flush();
      }
      service.shutdownOutput();
    } catch (IOException e) {
      failures.add(e);
    }
  }

  synchronized void received(String text) {
    received.append(text);
  }

  /** Returns the lines and headers of the requests so far. */
  public synchronized List<String> requests() {
    return REQUEST.matcher(received).results().map(MatchResult::group).toList();
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Returns a base URL at this port. */
  public URI baseUrl(String schemeAndHost) {
    return URI.create(schemeAndHost + ":" + port() + "/v1");
  }

  /** Closes the connections so far. */
  void disconnect() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    disconnect();
    threads.shutdownNow();
  }
}
