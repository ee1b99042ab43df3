package io.github.idc4j.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.RetryPolicy;
import io.github.idc4j.conformance.report.Reports;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.service.ReferenceService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run reaches a service through proxies and TLS, with additional headers. */
@Tag("slow")
class NetworkTest {

  private static final String USER = "user:p@ss:word";
  private static final String USER_IN_URL = "user:p%40ss%3Aword";

  @TempDir static Path folder;

  private static ReferenceService service;
  private static int port;
  private static Keys server;
  private static Keys client;

  @TempDir Path reports;

  private static final ApiRequest ABOUT = ApiRequest.get("/about");

  private final ByteArrayOutputStream console = new ByteArrayOutputStream();

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    service = Services.reference(folder.resolve("data")).allowedHosts("service.test").start();
    port = service.baseUrl().getPort();
    server = Keys.of(folder, "localhost");
    client = Keys.of(folder, "client");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** Returns a builder of a run of one check without ID tokens. */
  private ConformanceRunBuilder run(URI baseUrl) throws IOException {
    return ConformanceRun.builder()
        .baseUrl(baseUrl)
        .retryPolicy(new RetryPolicy(4, Duration.ofSeconds(30)))
        .reporter(Reports.folder(reports))
        .reporter(Reports.console(new PrintStream(console, true, StandardCharsets.UTF_8), false))
        .select(Set.of("metadata.versions"), Set.of(), EnumSet.allOf(Level.class));
  }

  private ConformanceResult run(URI baseUrl, NetworkSettings.Builder network) throws IOException {
    return run(baseUrl).network(network.build()).build().run();
  }

  private static NetworkSettings.Builder network() {
    return NetworkSettings.builder();
  }

  private static Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "pem", ".pem"), text);
  }

  private static void assertPasses(ConformanceResult result) {
    assertThat(result.end()).isEmpty();
    assertThat(result.outcomes()).isNotEmpty();
    assertThat(result.exitCode()).isZero();
  }

  private static String assertUnreachable(ConformanceResult result) {
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.outcomes()).isEmpty();
    return result.end().orElseThrow().message();
  }

  private static Relay tls(boolean clientCertificate) throws Exception {
    return Relay.tls(port, server.server(client), clientCertificate);
  }

  @Test
  void sendsHeadersWithEveryRequest() throws IOException {
    try (Relay relay = Relay.plain(port)) {
      assertPasses(
          run(
              relay.baseUrl("http://localhost"),
              network().header("X-Api-Key", " key 1 ").header("Cookie", "a=b")));

      assertThat(relay.requests())
          .hasSizeGreaterThan(1)
          .allMatch(head -> head.contains("\r\nX-Api-Key: key 1\r\n"))
          .allMatch(head -> head.contains("\r\nCookie: a=b\r\n"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "Authorization, secret",
        "content-type, secret",
        "Host, secret",
        "X Key, secret",
        "X-Key, `secret\r\nX-Other: 1`",
        "X-Key, sécret",
        "X-Key, ` `"
      })
  void refusesInvalidHeaders(String name, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network().header(name, value))
        .withMessageContaining(name)
        .withMessageNotContaining("cret");
  }

  @Test
  void trustsTheCertificatesOfAFile() throws Exception {
    try (Relay relay = tls(false)) {
      Path both = file(client.certificate() + "\n# a comment\n" + server.certificate());

      assertPasses(run(relay.baseUrl("https://localhost"), network().trustedCertificates(both)));
    }
  }

  @Test
  void doesNotTrustOtherCertificates() throws Exception {
    try (Relay relay = tls(false)) {
      URI baseUrl = relay.baseUrl("https://localhost");
      Path other = file(client.certificate());

      assertThat(assertUnreachable(run(baseUrl, network()))).contains("--cacert");
      assertThat(assertUnreachable(run(baseUrl, network().trustedCertificates(other))))
          .contains("--cacert");
    }
  }

  @Test
  void verifiesTheHostName() throws Exception {
    try (Relay relay = tls(false)) {
      Path trusted = file(server.certificate());

      assertThat(
              assertUnreachable(
                  run(relay.baseUrl("https://127.0.0.1"), network().trustedCertificates(trusted))))
          .contains("127.0.0.1");
    }
  }

  @Test
  void insecureAcceptsEveryCertificateAndHostNameAndReportsIt() throws Exception {
    String note = "Certificates and host names were not verified";
    try (Relay relay = tls(false)) {
      ConformanceResult result = run(relay.baseUrl("https://127.0.0.1"), network().insecure(true));

      assertPasses(result);
      assertThat(console.toString(StandardCharsets.UTF_8)).contains(note);
      for (String report :
          List.of("index.html", "junit.xml", "report.json", "report.md", "report.sarif")) {
        assertThat(Files.readString(reports.resolve(report))).as(report).contains(note);
      }
    }
    assertThat(run(service.baseUrl(), network()).notes()).isEmpty();
  }

  @Test
  void presentsAClientCertificate() throws Exception {
    try (Relay relay = tls(true)) {
      URI baseUrl = relay.baseUrl("https://localhost");
      NetworkSettings.Builder network = network().trustedCertificates(file(server.certificate()));
      assertUnreachable(run(baseUrl, network));

      assertPasses(run(baseUrl, network.clientCertificate(client.file(), Keys.PASSWORD)));
      Path pem = file(client.certificate() + client.key());
      assertPasses(run(baseUrl, network.clientCertificate(pem, null)));
    }
  }

  @Test
  void refusesCertificatesThatCannotBeUsed() throws Exception {
    Path nothing = file("nothing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network().trustedCertificates(nothing).build())
        .withMessageContaining("has no certificate in PEM format");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network().trustedCertificates(folder.resolve("none")).build())
        .withMessageContaining("cannot be read");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network().clientCertificate(client.file(), "wrong-secret").build())
        .withMessageContaining("IDC4J_CLIENT_CERT_PASSWORD")
        .withMessageNotContaining("wrong-secret");
    Path encrypted =
        file(client.certificate() + client.key().replace("PRIVATE", "ENCRYPTED PRIVATE"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network().clientCertificate(encrypted, null).build())
        .withMessageContaining("openssl pkcs8");
  }

  @Test
  void sendsHttpRequestsThroughAProxyWithAPassword() throws IOException {
    try (ForwardProxy proxy = ForwardProxy.start(port, USER)) {
      assertPasses(
          run(
              URI.create("http://service.test/v1"),
              network().proxy(proxy.url(USER_IN_URL)).header("X-Key", "value")));

      assertThat(proxy.heads())
          .hasSizeGreaterThan(1)
          .allMatch(head -> head.startsWith("GET http://service.test/v1/"));
    }
  }

  @Test
  void sendsHttpsRequestsThroughATunnelThatDoesNotLeakToEitherSide() throws Exception {
    try (Relay relay = tls(false);
        ForwardProxy proxy = ForwardProxy.start(relay.port(), USER)) {
      assertPasses(
          run(
              URI.create("https://localhost/v1"),
              network()
                  .proxy(proxy.url(USER_IN_URL))
                  .trustedCertificates(file(server.certificate()))
                  .header("X-Key", "value")));

      assertThat(proxy.heads())
          .isNotEmpty()
          .allMatch(head -> head.startsWith("CONNECT localhost:443 "))
          .noneMatch(head -> head.contains("X-Key"));
      assertThat(relay.requests())
          .hasSizeGreaterThan(1)
          .allMatch(head -> head.contains("X-Key: value"))
          .noneMatch(head -> head.contains("Proxy-"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://service.test/v1", "https://localhost/v1"})
  void aWrongPasswordOfTheProxyIsNotAFinding(URI baseUrl) throws IOException {
    try (ForwardProxy proxy = ForwardProxy.start(port, USER)) {
      assertThat(assertUnreachable(run(baseUrl, network().proxy(proxy.url("user:wrong-secret")))))
          .contains("the proxy " + proxy.url() + " responded with 407: it does not accept")
          .doesNotContain("wrong-secret");
      assertThat(proxy.heads()).as("requests, which are not retried").hasSize(1);
      assertThat(assertUnreachable(run(baseUrl, network().proxy(proxy.url()))))
          .contains("responded with 407: it requires a user and a password");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://service.test/v1, 407",
    "http://service.test/v1, 503",
    "https://localhost/v1, 407",
    "https://localhost/v1, 403",
    "https://localhost/v1, 502"
  })
  void aProxyThatRefusesIsNotAFindingDuringARun(URI baseUrl, int status) throws Exception {
    try (Relay relay = tls(false);
        ForwardProxy proxy =
            ForwardProxy.start(
                baseUrl.getScheme().equals("https") ? relay.port() : port,
                "",
                number -> number == 1 ? 0 : status)) {
      ConformanceRunBuilder run =
          run(baseUrl)
              .network(
                  network()
                      .proxy(proxy.url())
                      .trustedCertificates(file(server.certificate()))
                      .build());
      // A session sends no request before the first check.
      try (ConformanceSession session = run.build().open()) {
        session.service().client().sendAside(baseUrl, ABOUT);
        // The next request needs another connection.
        relay.disconnect();

        Outcome outcome = session.checks().get(0).run().get();

        assertThat(outcome.status()).isEqualTo(Status.AWAY);
        assertThat(outcome.message()).contains("the proxy " + proxy.url(), " " + status);
      }
    }
  }

  @Test
  void retriesIfAProxyRefusesAtFirst() throws Exception {
    try (Relay relay = tls(false);
        ForwardProxy proxy = ForwardProxy.start(relay.port(), "", number -> number < 3 ? 503 : 0)) {
      assertPasses(
          run(
              URI.create("https://localhost/v1"),
              network().proxy(proxy.url()).trustedCertificates(file(server.certificate()))));
      assertThat(proxy.heads()).hasSizeGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void aProxyThatIsDownIsNamed() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    assertThat(
            assertUnreachable(
                run(service.baseUrl(), network().proxy("http://127.0.0.1:" + closed))))
        .contains("(through the proxy http://127.0.0.1:" + closed + ")");
  }

  @Test
  void aProxyThatHangsIsNamed() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      String proxy = "http://127.0.0.1:" + silent.getLocalPort();
      ConformanceResult result =
          run(service.baseUrl())
              .responseTimeout(Duration.ofMillis(500))
              .network(network().proxy(proxy).build())
              .build()
              .run();

      assertThat(assertUnreachable(result))
          .contains("no complete response", "(through the proxy " + proxy + ")");
    }
  }

  @Test
  void theEnvironmentNamesProxies() throws IOException {
    try (ForwardProxy proxy = ForwardProxy.start(port, USER)) {
      String url = proxy.url(USER_IN_URL);
      for (String variable : List.of("IDC4J_PROXY", "http_proxy", "HTTP_PROXY")) {
        proxy.heads().clear();
        assertPasses(
            ConformanceRun.fromEnvironment(
                    Map.of("IDC4J_BASE_URL", "http://service.test/v1", variable, url))
                .select(Set.of("metadata.versions"), Set.of(), EnumSet.allOf(Level.class))
                .build()
                .run());
        assertThat(proxy.heads()).as(variable).isNotEmpty();
      }
    }
  }

  @Test
  void theEnvironmentHasNoProxyForLoopbackHosts() throws IOException {
    try (ForwardProxy proxy = ForwardProxy.start(port, "")) {
      Map<String, String> environment = Map.of("http_proxy", proxy.url());
      assertPasses(run(service.baseUrl(), network().proxiesFrom(environment)));
      assertThat(proxy.heads()).isEmpty();

      assertPasses(run(service.baseUrl(), network().proxy(proxy.url())));
      assertThat(proxy.heads()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://service.test/v1, false, false",
    "http://service.test/v1, true, true",
    "https://service.test/v1, false, true",
    "http://localhost:1/v1, false, true",
    "http://[::1]:1/v1, false, true"
  })
  void idTokensAreNotSentOverPlainHttp(URI baseUrl, boolean allowed, boolean good) {
    NetworkSettings network = network().allowPlainHttp(allowed).build();
    ConformanceRunBuilder first =
        ConformanceRun.builder().baseUrl(baseUrl).network(network).token("secret");
    ConformanceRunBuilder second =
        ConformanceRun.builder()
            .baseUrl(service.baseUrl())
            .acceptedBaseUrl(baseUrl)
            .network(network)
            .token(Caller.NAMELESS, "secret");
    for (ConformanceRunBuilder run : List.of(first, second)) {
      if (good) {
        assertThat(run.build()).isNotNull();
      } else {
        assertThatIllegalArgumentException()
            .isThrownBy(run::build)
            .withMessageContaining("ID tokens are not sent over plain http to service.test")
            .withMessageContaining("--allow-plain-http")
            .withMessageNotContaining("secret");
      }
    }
  }

  @Test
  void withoutIdTokensPlainHttpIsAllowed() {
    assertThat(
            ConformanceRun.builder()
                .baseUrl(URI.create("http://service.test/v1"))
                .token(" ")
                .build())
        .isNotNull();
  }

  @Test
  void theEnvironmentAllowsPlainHttp() {
    assertThat(
            ConformanceRun.fromEnvironment(
                    Map.of(
                        "IDC4J_BASE_URL",
                        "http://service.test/v1",
                        "IDC4J_TOKEN",
                        "x",
                        "IDC4J_ALLOW_PLAIN_HTTP",
                        "true"))
                .build())
        .isNotNull();
  }

  @Test
  void settingsAsTextHaveNoSecrets() {
    assertThat(
            network()
                .header("X-Key", "secret")
                .proxy("http://user:secret@proxy.test:1")
                .clientCertificate(client.file(), Keys.PASSWORD)
                .build()
                .toString())
        .contains("X-Key", "http://proxy.test:1", client.file().toString())
        .doesNotContain("secret", Keys.PASSWORD);
  }
}
