package io.github.idc4j.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.RetryPolicy;
import io.github.idc4j.conformance.report.Reports;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.service.ReferenceService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs against retired, unreachable and failing services, and against other kinds of services. */
@Tag("slow")
class UnusualServicesTest {

  /** Few attempts, because these services do not recover. */
  private static final RetryPolicy SHORT = new RetryPolicy(2, Duration.ofSeconds(30));

  private static final Set<Level> ALL_LEVELS = EnumSet.allOf(Level.class);

  private static final String JSON = "application/json";
  private static final String ABOUT =
      "{\"code\":200,\"documentation\":\"https://example.org\",\"message\":\"hello\"}";

  @TempDir Path reports;

  private final ByteArrayOutputStream console = new ByteArrayOutputStream();
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    server = Services.server();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private URI serve(HttpHandler handler) {
    server.createContext("/", handler);
    server.start();
    return Services.baseUrl(server);
  }

  private ConformanceRunBuilder run(URI baseUrl) throws IOException {
    return ConformanceRun.builder()
        .baseUrl(baseUrl)
        .retryPolicy(SHORT)
        .reporter(Reports.folder(reports))
        .reporter(Reports.console(new PrintStream(console, true, StandardCharsets.UTF_8), false));
  }

  private String printed() {
    return console.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aRetiredServiceIsReportedWithoutFailures() throws IOException {
    try (ReferenceService service = ReferenceService.builder().retired(true).start()) {
      ConformanceResult result = run(service.baseUrl()).build().run();

      assertThat(result.exitCode()).isEqualTo(4);
      assertThat(result.outcomes()).isEmpty();
      assertThat(printed().strip())
          .endsWith(
              "retired: the service responds with 410: IDC v1 API endpoints have been deprecated");
      assertThat(reports.resolve("index.html"))
          .content()
          .contains("The service is retired", "IDC v1 API endpoints have been deprecated");
    }
  }

  @Test
  void anUnreachableServiceIsReported() throws IOException {
    ConformanceResult result = run(URI.create("http://127.0.0.1:1/v1")).build().run();

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.outcomes()).isEmpty();
    assertThat(printed()).contains("unreachable: http://127.0.0.1:1/v1 cannot be reached");
  }

  @Test
  void aMockServerIsRecognized() throws IOException {
    String example =
        "{\"code\":200,\"next_page\":\"t\",\"query_results\":{\"totalFound\":2,"
            + "\"rowsReturned\":1,\"json\":[{\"PatientID\":\"p\"}]}}";
    URI baseUrl = serve(exchange -> Services.respond(exchange, 200, JSON, example));
    ConformanceResult result =
        run(baseUrl).select(Set.of(), Set.of("paging"), ALL_LEVELS).build().run();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.notes()).singleElement().asString().contains("the same example");
    assertThat(printed()).contains("the same example for every request");
  }

  @Test
  void skippedChecksSendNothingToAServiceThatStopped() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    URI baseUrl =
        serve(
            exchange -> {
              if (requests.getAndIncrement() == 0) {
                Services.respond(exchange, 200, JSON, ABOUT);
              } else {
                exchange.close();
              }
            });
    ConformanceResult result = run(baseUrl).build().run();

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.count(Status.AWAY)).isEqualTo(1);
    assertThat(result.count(Status.SKIP)).isEqualTo(result.outcomes().size() - 1L);
    assertThat(result.outcomes())
        .filteredOn(outcome -> outcome.status() == Status.SKIP)
        .allSatisfy(
            outcome ->
                assertThat(outcome.message()).isEqualTo("the service does not respond any more"));
    assertThat(result.requests())
        .as("requests of the run: the first, one of a check, and a last attempt")
        .isEqualTo(1 + 2 * SHORT.maxAttempts());
  }

  @Test
  void otherRequestsFollowADroppedRequest() throws IOException {
    URI baseUrl =
        serve(
            exchange -> {
              if (exchange.getRequestURI().getPath().startsWith("/v1/versions")) {
                exchange.close();
              } else {
                Services.respond(exchange, 200, JSON, ABOUT);
              }
            });
    ConformanceResult result = run(baseUrl).build().run();

    assertThat(result.outcomes())
        .filteredOn(outcome -> outcome.status() == Status.AWAY)
        .hasSizeBetween(1, 10)
        .allSatisfy(outcome -> assertThat(outcome.curl().orElse("")).contains("/v1/versions"));
    assertThat(result.outcomes())
        .noneMatch(outcome -> outcome.message().equals("the service does not respond any more"));
  }

  @Test
  void aRunContinuesAfterAResponseWithoutABody() throws IOException {
    URI baseUrl =
        serve(
            exchange ->
                Services.respond(
                    exchange,
                    exchange.getRequestURI().getPath().endsWith("/about") ? 200 : 500,
                    JSON,
                    exchange.getRequestURI().getPath().endsWith("/about") ? ABOUT : ""));
    ConformanceResult result =
        run(baseUrl).select(Set.of(), Set.of("metadata"), ALL_LEVELS).build().run();

    assertThat(result.count(Status.FAIL)).isGreaterThan(5);
    assertThat(result.count(Status.PASS)).isEqualTo(1);
    assertThat(result.count(Status.ERROR)).isZero();
  }

  @Test
  void aResponseThatIsLateIsSlowAndNotAFailure() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    // The service responds to other requests meanwhile.
    ExecutorService threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    URI baseUrl =
        serve(
            exchange -> {
              if (exchange.getRequestURI().getPath().endsWith("/versions")) {
                await(end);
              }
              Services.respond(exchange, 200, JSON, ABOUT);
            });
    ConformanceResult result;
    try {
      result =
          run(baseUrl)
              .responseTimeout(Duration.ofMillis(300))
              .select(Set.of("metadata.versions", "metadata.about"), Set.of(), ALL_LEVELS)
              .build()
              .run();
    } finally {
      end.countDown();
      threads.shutdown();
    }

    assertThat(result.outcomes())
        .extracting(Outcome::status)
        .containsExactlyInAnyOrder(Status.PASS, Status.SLOW);
    assertThat(result.outcomes())
        .filteredOn(outcome -> outcome.status() == Status.SLOW)
        .extracting(Outcome::message)
        .containsExactly(
            "no complete response to GET /versions within 0.3 s (--timeout of the command)");
    assertThat(result.exitCode()).isEqualTo(5);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void somethingElseThanVersion1FailsButIsNoFaultOfTheSuite() throws IOException {
    URI baseUrl = serve(exchange -> Services.respond(exchange, 200, "text/plain", "hello"));
    ConformanceResult result = run(baseUrl).build().run();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.count(Status.ERROR)).isZero();
    assertThat(result.count(Status.FAIL)).isGreaterThan(100);
  }

  @Test
  void aWrongBaseUrlIsSuspected() throws IOException {
    URI baseUrl =
        serve(
            exchange -> {
              exchange.getResponseHeaders().add("Location", "https://example.org/v1/versions");
              Services.respond(exchange, 302, JSON, "");
            });
    run(baseUrl).select(Set.of(), Set.of("metadata"), ALL_LEVELS).build().run();

    String doubt = "Is " + baseUrl + " the complete base URL of a service of version 1";
    assertThat(printed())
        .contains(
            doubt,
            "status code 302 is not documented",
            "(Location: https://example.org/v1/versions)");
    assertThat(reports.resolve("index.html")).content().contains(doubt);
    assertThat(reports.resolve("report.md")).content().contains("a service of version 1");
  }

  @Test
  void theBaseUrlOfAServiceWithFailuresIsNotSuspected() throws IOException {
    URI baseUrl =
        serve(
            exchange ->
                Services.respond(
                    exchange,
                    200,
                    JSON,
                    exchange.getRequestURI().getPath().endsWith("/about") ? ABOUT : "{}"));
    ConformanceResult result =
        run(baseUrl).select(Set.of(), Set.of("metadata"), ALL_LEVELS).build().run();

    assertThat(result.count(Status.FAIL)).isPositive();
    assertThat(printed()).doesNotContain("the complete base URL");
  }

  @Test
  void aTokenThatTheServiceRepeatsIsNotInReports() throws IOException {
    String first = "first-planted-secret-" + "x".repeat(200);
    String second = "second-planted-secret-" + "y".repeat(200);
    Set<String> seen = ConcurrentHashMap.newKeySet();
    // The excerpt of this body ends within the token.
    URI baseUrl =
        serve(
            exchange -> {
              String caller = exchange.getRequestHeaders().getFirst("Authorization");
              seen.add("" + caller);
              Services.respond(
                  exchange,
                  exchange.getRequestURI().getPath().endsWith("/about") ? 200 : 400,
                  JSON,
                  "{\"code\":400,\"message\":\"" + "z".repeat(200) + caller + "\"}");
            });
    ConformanceResult result =
        run(baseUrl).token(Caller.FIRST, first).token(Caller.SECOND, second).build().run();

    assertThat(seen).contains("Bearer " + first);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(printed()).contains("$IDC4J_TOKEN");
    for (String report :
        new String[] {
          printed(),
          Files.readString(reports.resolve("index.html")),
          Files.readString(reports.resolve("junit.xml")),
          Files.readString(reports.resolve("report.json")),
          Files.readString(reports.resolve("report.md")),
          Files.readString(reports.resolve("report.sarif"))
        }) {
      assertThat(report).doesNotContain("first-planted").doesNotContain("second-planted");
    }
  }

  @Test
  void aBlankTokenCountsAsAbsent() throws IOException {
    URI baseUrl = serve(exchange -> Services.respond(exchange, 200, "text/plain", "hello"));
    run(baseUrl).token(Caller.FIRST, "").token(Caller.SECOND, " ").build().run();

    assertThat(printed())
        .contains("reason: there is no ID token (IDC4J_TOKEN)")
        .contains("Content-Type is 'text/plain', not");
  }
}
