package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Tests the network options of the command. */
@Tag("slow")
class NetworkOptionsTest {

  private static final String ABOUT = "{\"code\":200,\"documentation\":\"d\",\"message\":\"m\"}";
  private static final InetSocketAddress FREE_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir Path folder;

  private final StringWriter err = new StringWriter();
  private final Map<String, Headers> received = new ConcurrentHashMap<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<HttpServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    end.countDown();
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }

  private int check(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setErr(new PrintWriter(err));
    List<String> line = new ArrayList<>(List.of("check", "--report", folder.toString()));
    line.addAll(List.of(arguments));
    return Main.execute(command, line.toArray(new String[0]));
  }

  private String report() throws IOException {
    return Files.readString(folder.resolve("report.md"));
  }

  /**
   * Makes a server respond like the retired service, starts it, and returns its URL. For a retired
   * service, the command exits with 4.
   */
  private String start(HttpServer server) {
    servers.add(server);
    server.setExecutor(threads);
    server.createContext("/", exchange -> respond(exchange, 410, ABOUT));
    server.start();
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://localhost:" + server.getAddress().getPort();
  }

  private void respond(HttpExchange exchange, int status, String text) throws IOException {
    received.put(exchange.getRequestURI().toString(), exchange.getRequestHeaders());
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void headersAreSentToTheServiceAndToTheDevelopmentIssuer() throws IOException {
    String service = start(HttpServer.create(FREE_PORT, 0));

    assertThat(check("--base-url", service + "/v1", "--header", "X-A: 1", "--header=X-B: 2: b, c"))
        .isEqualTo(4);
    assertThat(received).containsOnlyKeys("/dev/token", "/v1/about");
    assertThat(received.values())
        .allMatch(headers -> headers.getFirst("X-A").equals("1"))
        .allMatch(headers -> headers.getFirst("X-B").equals("2: b, c"));
  }

  @Test
  void aProfileHasNetworkOptions() throws IOException {
    String proxy = start(HttpServer.create(FREE_PORT, 0));
    Path profile =
        Files.writeString(
            folder.resolve("profile"),
            "base-url = http://service.test/v1\n"
                + "header = X-A: 1\\nX-B: 2\n"
                + "allow-plain-http = true\n"
                + "token = secret\n"
                + "proxy = "
                + proxy
                + "\n");

    assertThat(check("--profile", profile.toString())).isEqualTo(4);
    Headers headers = received.get("http://service.test/v1/about");
    assertThat(headers.getFirst("X-A")).isEqualTo("1");
    assertThat(headers.getFirst("X-B")).isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--header | X-No-Such-Variable | IDC4J_HEADER_X_NO_SUCH_VARIABLE",
        "--header | Authorization: secret | The header Authorization cannot be added",
        "--header | X A: secret | 'X A' is not a header name",
        "--cacert | no-such-file | cannot be read",
        "--client-cert | no-such-file | cannot be read",
        "--proxy | socks5://me:secret@127.0.0.1:1 | must be an http URL",
        "--token | secret | ID tokens are not sent over plain http to service.test"
      })
  void wrongUsageExitsWith2AndSaysWhy(String option, String value, String message) {
    assertThat(check("--base-url", "http://service.test/v1", option, value)).isEqualTo(2);
    assertThat(err.toString()).contains(message).doesNotContain("secret").hasLineCount(1);
  }

  @Test
  void aProxyThatRequiresAPasswordExitsWith5AndIsNamed() throws IOException {
    HttpServer server = HttpServer.create(FREE_PORT, 0);
    server.createContext("/v1", exchange -> respond(exchange, 407, ""));
    String proxy = start(server).replace("localhost", "127.0.0.1");

    assertThat(check("--base-url", "http://service.test/v1", "--proxy", proxy)).isEqualTo(5);
    assertThat(report()).contains("the proxy " + proxy + " responded with 407");
  }

  @Test
  void theEnvironmentNamesTheProxyAndTheHeader() throws IOException, InterruptedException {
    String proxy = start(HttpServer.create(FREE_PORT, 0));
    Process command =
        JavaProgram.start(
            Map.of("http_proxy", proxy, "no_proxy", "", "IDC4J_HEADER_X_A", "secret"),
            Main.class.getName(),
            "check",
            "--base-url",
            "http://service.test/v1",
            "--header",
            "X-A",
            "--report",
            folder.toString());

    assertThat(new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("retired")
        .doesNotContain("secret");
    assertThat(command.waitFor()).isEqualTo(4);
    assertThat(received.get("http://service.test/v1/about").getFirst("X-A")).isEqualTo("secret");
  }

  @Test
  void certificatesAreUsed() throws IOException, InterruptedException {
    TestKey key = TestKey.of(folder);
    HttpsServer server = HttpsServer.create(FREE_PORT, 0);
    SSLContext context = key.context();
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = context.getDefaultSSLParameters();
            tls.setNeedClientAuth(true);
            parameters.setSSLParameters(tls);
          }
        });
    String baseUrl = start(server) + "/v1";
    String pem = key.pem().toString();

    assertThat(check("--base-url", baseUrl, "--cacert", pem, "--client-cert", pem)).isEqualTo(4);
    assertThat(received)
        .as("also to the development issuer")
        .containsOnlyKeys("/dev/token", "/v1/about");
    assertThat(check("--base-url", baseUrl, "--insecure", "--client-cert", pem)).isEqualTo(4);
    assertThat(report()).contains("not verified");
    assertThat(check("--base-url", baseUrl, "--client-cert", pem)).isEqualTo(5);
    assertThat(check("--base-url", baseUrl, "--cacert", pem)).isEqualTo(5);
  }

  @Test
  void otherCommandsExplainThatNoServiceRuns() throws IOException, InterruptedException {
    assertThat(collections("http://127.0.0.1:1/v1"))
        .startsWith("5 ")
        .contains("Check the base URL, and that the service runs.");
  }

  @Test
  void messagesOfAServiceCannotControlTheTerminal() throws IOException, InterruptedException {
    HttpServer server = HttpServer.create(FREE_PORT, 0);
    String body = "{\"code\": 400, \"message\": \"evil \\u001b[31mred\\r\\u009b\"}";
    server.createContext("/v1/collections", exchange -> respond(exchange, 400, body));

    assertThat(collections(start(server) + "/v1"))
        .startsWith("1 ")
        .contains("evil ?[31mred??")
        .doesNotContain("\u001b", "\u009b");
  }

  @Test
  void otherCommandsUseTheProxyOfJava() throws IOException, InterruptedException {
    String port = start(HttpServer.create(FREE_PORT, 0)).replaceAll(".*:", "");

    assertThat(
            collections(
                "http://service.test/v1", "-Dhttp.proxyHost=127.0.0.1", "-Dhttp.proxyPort=" + port))
        .startsWith("4 ");
    assertThat(received).containsOnlyKeys("http://service.test/v1/collections");
  }

  @Test
  void otherCommandsUseTheTrustStoreOfJava() throws IOException, InterruptedException {
    TestKey key = TestKey.of(folder);
    HttpsServer server = HttpsServer.create(FREE_PORT, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(key.context()));
    String baseUrl = start(server) + "/v1";

    assertThat(collections(baseUrl)).startsWith("5 ").contains("docs/command.md");
    assertThat(received).isEmpty();
    assertThat(
            collections(
                baseUrl,
                "-Djavax.net.ssl.trustStore=" + key.store(),
                "-Djavax.net.ssl.trustStorePassword=" + TestKey.PASSWORD))
        .startsWith("4 ");
    assertThat(received).containsOnlyKeys("/v1/collections");
  }

  /** Returns the exit code and the output of a process that lists collections. */
  private static String collections(String baseUrl, String... javaOptions)
      throws IOException, InterruptedException {
    List<String> program = new ArrayList<>(List.of(javaOptions));
    program.addAll(List.of(Main.class.getName(), "collections", "--base-url", baseUrl));
    Process process = JavaProgram.start(Map.of(), program.toArray(String[]::new));
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + output;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHangingIssuerCountsTowardsTheTimeOfTheRun(boolean sendsHeaders) throws IOException {
    HttpServer server = HttpServer.create(FREE_PORT, 0);
    server.createContext("/dev/token", exchange -> hang(exchange, sendsHeaders));
    server.createContext("/v1/about", exchange -> respond(exchange, 200, ABOUT));
    String baseUrl = start(server) + "/v1";
    Instant begin = Instant.now();

    assertThat(check("--base-url", baseUrl, "--max-seconds", "1")).isEqualTo(3);

    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(30));
    assertThat(Files.readString(folder.resolve("junit.xml")))
        .contains("the limit of 1 s is reached");
    assertThat(received.keySet())
        .as("requests after the time")
        .doesNotContain("/v1/versions", "/v1/collections", "/v1/attributes");
  }

  private void hang(HttpExchange exchange, boolean sendsHeaders) throws IOException {
    if (sendsHeaders) {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().flush();
    }
    try {
      // Waits far longer than the time limit of the run.
      end.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
