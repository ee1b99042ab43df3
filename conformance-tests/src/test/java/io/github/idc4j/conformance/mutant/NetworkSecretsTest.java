package io.github.idc4j.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.idc4j.conformance.report.Reports;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.ConformanceRun;
import io.github.idc4j.conformance.run.NetworkSettings;
import io.github.idc4j.conformance.run.Services;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports never contain the value of a header or the password of a proxy that repeats them. */
class NetworkSecretsTest {

  /** With characters that JSON, URLs and HTML escape. */
  private static final String HEADER = "Key planted/+&<>\"'=header";

  private static final String PASSWORD = "planted-password";

  private static final Set<String> REPORTS =
      Set.of("index.html", "junit.xml", "report.json", "report.md", "report.sarif");

  @TempDir Path reports;

  private final AtomicInteger planted = new AtomicInteger();

  /** Responds in place of the service, as a proxy may. */
  private void repeat(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("X-Api-Key");
    String proxy = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
    if (key.equals(HEADER) && proxy.startsWith("Basic ")) {
      planted.incrementAndGet();
    }
    exchange.getResponseHeaders().set("X-Debug", key);
    exchange.getResponseHeaders().set("X-Proxy-Debug", proxy);
    List<String> bodies =
        List.of(
            key + " " + PASSWORD + " " + proxy,
            "{\"message\": \"" + key.replace("\"", "\\\"") + "\", \"" + PASSWORD + "\": 1}",
            "[\"" + key.substring(4).replace("\"", "\\\"") + "\", \"user:" + PASSWORD + "\"]");
    Services.respond(exchange, 418, "application/json", bodies.get(planted.get() % bodies.size()));
  }

  @Test
  void secretsAreInNoReport() throws IOException {
    HttpServer proxy = Services.server();
    proxy.createContext("/", this::repeat);
    proxy.start();
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    try {
      ConformanceResult result =
          ConformanceRun.builder()
              .baseUrl(URI.create("http://service.test/v1"))
              .network(
                  NetworkSettings.builder()
                      .header("X-Api-Key", HEADER)
                      .proxy("http://user:" + PASSWORD + "@127.0.0.1:" + port(proxy))
                      .build())
              .select(Set.of(), Set.of("metadata", "errors"), EnumSet.allOf(Level.class))
              .reporter(Reports.folder(reports))
              .reporter(
                  Reports.console(new PrintStream(console, true, StandardCharsets.UTF_8), false))
              .build()
              .run();
      assertThat(result.exitCode()).isEqualTo(1);
    } finally {
      proxy.stop(0);
    }

    assertThat(planted.get()).as("responses with secrets").isGreaterThan(5);
    assertThat(console.toString(StandardCharsets.UTF_8))
        .contains("FAIL", "$IDC4J_HEADER_X_API_KEY", "$IDC4J_PROXY")
        .doesNotContain("planted");
    for (String report : REPORTS) {
      assertThat(Files.readString(reports.resolve(report)))
          .as(report)
          .doesNotContain("planted", base64());
    }
  }

  private static String base64() {
    return java.util.Base64.getEncoder()
        .encodeToString(("user:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
  }

  private static int port(HttpServer server) {
    return server.getAddress().getPort();
  }
}
