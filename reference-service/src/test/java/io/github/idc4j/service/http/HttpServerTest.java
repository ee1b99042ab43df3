package io.github.idc4j.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.idc4j.service.auth.Caller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HttpServerTest {

  private static HttpServer server(Handler.Immediate handler) throws IOException {
    return server(Handler.of(handler), Duration.ofMillis(100));
  }

  private static HttpServer server(Handler handler, Duration stopWait) throws IOException {
    return new HttpServer(
        List.of(Route.of("/v1/slow", true, Map.of("GET", handler))),
        token -> new Caller.Anonymous(),
        Optional.empty(),
        new ServerSettings(
            false,
            false,
            false,
            new NetworkSettings(
                InetAddress.getLoopbackAddress(),
                0,
                Set.of(),
                Optional.empty(),
                Set.of(),
                stopWait),
            RequestLimits.standard(),
            new Monitoring(new Readiness(() -> {}), new Metrics()),
            true,
            Set.of()));
  }

  private static CompletableFuture<HttpResponse<String>> get(HttpServer server) {
    return HttpClient.newHttpClient()
        .sendAsync(
            HttpRequest.newBuilder(uri(server)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(HttpServer server) {
    return server.url().resolve("/v1/slow");
  }

  /**
   * The timeout makes the test fail instead of hang if the server does not interrupt the request.
   */
  @Test
  @Timeout(30)
  void closingInterruptsRequestsThatWait() throws InterruptedException, IOException {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    HttpServer server =
        server(
            request -> {
              waiting.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return Reply.ok(Map.of());
            });
    CompletableFuture<HttpResponse<String>> answer = get(server);
    waiting.await();

    server.close();

    interrupted.await();
    answer.cancel(true);
  }

  @Test
  @Timeout(60)
  void closingWaitsForRequestsThatWaitForQueries() throws IOException, InterruptedException {
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<Reply> query = new CompletableFuture<>();
    HttpServer server =
        server(
            request -> {
              waiting.countDown();
              return query;
            },
            Duration.ofSeconds(30));
    CompletableFuture<HttpResponse<String>> response = get(server);
    waiting.await();

    CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
    // Longer than Jetty keeps idle connections when it stops.
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> closed.get(2, TimeUnit.SECONDS));
    query.complete(Reply.ok(Map.of()));

    assertThat(response.join().statusCode()).isEqualTo(200);
    closed.join();
  }

  @Test
  void aLargeBodyOfUnknownLengthIsRefused() throws IOException, InterruptedException {
    try (HttpServer server = server(request -> Reply.ok(Map.of()))) {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(uri(server))
                      .method(
                          "GET",
                          HttpRequest.BodyPublishers.ofInputStream(
                              () -> new ByteArrayInputStream(new byte[(10 << 20) + 1])))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).contains("\"code\":413", "10485760 bytes");
    }
  }

  @Test
  void aFailureOfTheServiceShowsNothingOfItsInside() throws IOException {
    HttpServer server =
        server(
            request -> {
              throw new IllegalStateException("a secret");
            });
    List<String> entries = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger(Dispatcher.class.getName());
    logger.setFilter(
        entry -> entries.add(new SimpleFormatter().formatMessage(entry) + entry.getThrown()));
    try (server) {
      HttpResponse<String> answer = get(server).join();

      String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("\"code\":500", id).doesNotContain("secret", "Exception");
      assertThat(entries).singleElement().asString().contains(id, "a secret");
    } finally {
      logger.setFilter(null);
    }
  }

  @Test
  @Timeout(30)
  void theLogHasTheReasonWhyAResponseCannotBeSent() throws IOException, InterruptedException {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Logger logger = Logger.getLogger("io.github.idc4j.requests");
    logger.setFilter(entry -> lines.add(entry.getMessage()));
    // A reply without a body cannot be sent.
    try (HttpServer server = server(request -> new Reply(200, Map.of(), null))) {
      HttpResponse<String> answer = get(server).join();

      String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(lines.take())
          .contains(id, "\"status\":500", "\"failure\":")
          .contains("NullPointerException");
    } finally {
      logger.setFilter(null);
    }
  }
}
