package io.github.idc4j.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.idc4j.conformance.rule.Level;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services behind an overloaded gateway, and services with endless responses. */
class DisturbedServicesTest {

  private static final String JSON = "application/json";
  private static final String ABOUT =
      "{\"code\":200,\"documentation\":\"https://example.org\",\"message\":\"hello\"}";

  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    server = Services.server();
    server.setExecutor(threads);
  }

  @AfterEach
  void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  /** Runs a check of GET /about; the run itself sends the first request. */
  private ConformanceRunBuilder about() {
    URI baseUrl = Services.baseUrl(server);
    server.start();
    return Services.run(baseUrl, Map.of())
        .select(Set.of("metadata.about"), Set.of(), Set.of(Level.values()));
  }

  /** Sends a byte from time to time, each within the read timeout. */
  private void drip(HttpExchange exchange) throws IOException {
    if (asked.getAndIncrement() == 0) {
      Services.respond(exchange, 200, JSON, ABOUT);
      return;
    }
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      while (!end.await(20, TimeUnit.MILLISECONDS)) {
        body.write(' ');
        body.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aDrippingResponseIsSlow() throws IOException {
    server.createContext("/", this::drip);
    ConformanceResult result = about().responseTimeout(Duration.ofMillis(400)).build().run();

    assertThat(result.outcomes())
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.status()).isEqualTo(Status.SLOW);
              assertThat(outcome.message())
                  .startsWith("no complete response to GET /about within 0.4 s");
            });
    assertThat(result.exitCode()).isEqualTo(5);
  }

  @Test
  void aDrippingResponseEndsWithTheTimeOfTheRun() throws IOException {
    server.createContext("/", this::drip);
    ConformanceResult result = about().maxTime(Duration.ofSeconds(1)).build().run();

    assertThat(result.outcomes())
        .singleElement()
        .satisfies(
            outcome -> assertThat(outcome.message()).isEqualTo("the limit of 1 s is reached"));
    assertThat(result.duration()).isLessThan(Duration.ofSeconds(20));
    assertThat(result.exitCode()).as("exit code of a run without results").isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void retriesRequestsToAnOverloadedGateway(int status) throws IOException {
    server.createContext(
        "/",
        exchange -> {
          if (asked.getAndIncrement() % 3 == 2) {
            Services.respond(exchange, 200, JSON, ABOUT);
          } else {
            Services.respond(exchange, status, "text/html", "<h1>in trouble</h1>");
          }
        });
    ConformanceResult result = about().build().run();

    assertThat(result.exitCode()).isZero();
    assertThat(asked.get()).isEqualTo(6);
  }

  @Test
  void aBackoffLongerThanTheRunEndsIt() throws IOException {
    server.createContext(
        "/",
        exchange -> {
          if (asked.getAndIncrement() > 0) {
            exchange.getResponseHeaders().set("Retry-After", "60");
          }
          Services.respond(exchange, asked.get() > 1 ? 429 : 200, JSON, ABOUT);
        });
    ConformanceResult result = about().maxTime(Duration.ofSeconds(20)).build().run();

    assertThat(result.outcomes())
        .singleElement()
        .satisfies(
            outcome -> assertThat(outcome.message()).isEqualTo("the limit of 20 s is reached"));
    assertThat(asked.get()).isEqualTo(2);
  }
}
