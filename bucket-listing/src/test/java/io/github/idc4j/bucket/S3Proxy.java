package io.github.idc4j.bucket;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Forwards requests to an S3 server. Records the requests, and can delay them or let them fail. */
final class S3Proxy implements AutoCloseable {

  private static final Pattern PREFIX = Pattern.compile("[?&]prefix=([^&%]+)%2F");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI target;
  private final ConcurrentLinkedQueue<String> listed = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<HttpRequest> signed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile int failureStatus;
  private volatile Optional<Gate> gate = Optional.empty();

  /** Holds requests back until enough of them have arrived, or until it is opened. */
  static final class Gate {
    private final CountDownLatch arrivals;
    private final CountDownLatch opened = new CountDownLatch(1);

    private Gate(int requests) {
      arrivals = new CountDownLatch(requests);
    }

    private void pass() throws InterruptedException {
      arrivals.countDown();
      opened.await();
    }

    /** Waits until the requests have arrived. */
    void await() throws InterruptedException {
      arrivals.await();
    }

    void open() {
      opened.countDown();
    }
  }

  /**
   * Starts a proxy.
   *
   * @param port the port, or 0 for a free port
   */
  S3Proxy(URI target, int port) throws IOException {
    this.target = target;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Returns the series of all requests so far, in the order of their arrival. */
  List<String> listed() {
    return List.copyOf(listed);
  }

  /** Returns how many requests had credentials. */
  int signed() {
    return signed.size();
  }

  /** Returns the greatest number of requests that were open at the same time. */
  int mostOpen() {
    return mostOpen.get();
  }

  /** Lets the next requests fail. */
  void fail(int requests, int status) {
    failureStatus = status;
    failures.set(requests);
  }

  Gate holdRequests(int requests) {
    Gate held = new Gate(requests);
    gate = Optional.of(held);
    return held;
  }

  private void handle(HttpExchange exchange) throws IOException {
    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    try (exchange) {
      Matcher prefix = PREFIX.matcher(exchange.getRequestURI().getRawQuery());
      listed.add(prefix.find() ? prefix.group(1) : "");
      if (gate.isPresent()) {
        gate.get().pass();
      }
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        exchange.sendResponseHeaders(failureStatus, -1);
        return;
      }
      forward(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.decrementAndGet();
    }
  }

  private void forward(HttpExchange exchange) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString())).build();
    if (exchange.getRequestHeaders().containsKey("Authorization")) {
      signed.add(request);
    }
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    exchange
        .getResponseHeaders()
        .add("Content-Type", response.headers().firstValue("Content-Type").orElse("text/plain"));
    exchange.sendResponseHeaders(response.statusCode(), response.body().length);
    exchange.getResponseBody().write(response.body());
  }

  @Override
  public void close() {
    gate.ifPresent(Gate::open);
    server.stop(0);
    threads.shutdown();
  }
}
