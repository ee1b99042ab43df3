package io.github.idc4j.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.idc4j.conformance.rule.Level;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every run ends in time and fits into memory, whatever the service does. */
@Tag("slow")
class BoundsTest {

  private static final String ABOUT = "{\"code\":200,\"documentation\":\"d\",\"message\":\"m\"}";

  /** Far longer than the run may take, so that the test cannot pass by waiting. */
  private static final Duration LONG = Duration.ofMinutes(1);

  private static final int MEGABYTES = 200;

  private static final Set<String> RULES =
      Set.of("metadata.versions", "metadata.collections", "metadata.attributes");

  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  /** Runs against a service that responds to the first request; the handler handles the others. */
  private ConformanceResult run(Duration maxTime, HttpHandler handler) throws IOException {
    server.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestURI().getPath().endsWith("/about")) {
            Services.respond(exchange, 200, "application/json", ABOUT);
          } else {
            handler.handle(exchange);
          }
        });
    return ConformanceRun.builder()
        .baseUrl(Services.baseUrl(server))
        .token("a token of the first user")
        .select(RULES, Set.of(), EnumSet.allOf(Level.class))
        .maxTime(maxTime)
        .build()
        .run();
  }

  private void waitUntilTheEnd() {
    try {
      end.await(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aServiceThatNeverRespondsEndsTheRunInTime() throws IOException {
    ConformanceResult result = run(Duration.ofSeconds(1), exchange -> waitUntilTheEnd());

    assertThat(result.duration()).isLessThan(LONG.dividedBy(2));
    assertThat(result.outcomes())
        .filteredOn(outcome -> outcome.message().equals("the limit of 1 s is reached"))
        .hasSize(RULES.size());
  }

  @Test
  void aBodyThatNeverEndsEndsTheRunInTime() throws IOException {
    ConformanceResult result = run(Duration.ofSeconds(1), this::drip);

    assertThat(result.duration()).isLessThan(LONG.dividedBy(2));
    assertThat(result.outcomes())
        .filteredOn(outcome -> outcome.message().equals("the limit of 1 s is reached"))
        .hasSize(RULES.size());
  }

  private void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(' ');
      body.flush();
      waitUntilTheEnd();
    }
  }

  @Test
  void aBodyOf200MegabytesIsNotRead() throws IOException {
    ConformanceResult result = run(LONG, exchange -> write(exchange, false));

    assertTooLarge(result);
  }

  @Test
  void aCompressedBodyThatIsTooLargeIsNotRead() throws IOException {
    ConformanceResult result = run(LONG, exchange -> write(exchange, true));

    assertTooLarge(result);
  }

  private static void assertTooLarge(ConformanceResult result) {
    assertThat(result.outcomes())
        .filteredOn(outcome -> outcome.message().contains("larger than 64 MB"))
        .isNotEmpty()
        .extracting(Outcome::status)
        .containsOnly(Status.ERROR);
    assertThat(result.exitCode()).isEqualTo(3);
  }

  private static void write(HttpExchange exchange, boolean gzip) throws IOException {
    byte[] megabyte = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (gzip) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    }
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream raw = exchange.getResponseBody();
        OutputStream body = gzip ? new GZIPOutputStream(raw, 1 << 16) : raw) {
      for (int i = 0; i < MEGABYTES; i++) {
        body.write(megabyte);
      }
    }
  }
}
