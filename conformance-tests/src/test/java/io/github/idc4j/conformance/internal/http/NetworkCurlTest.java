package io.github.idc4j.conformance.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.run.Bash;
import io.github.idc4j.conformance.run.ForwardProxy;
import io.github.idc4j.conformance.run.Keys;
import io.github.idc4j.conformance.run.Relay;
import io.github.idc4j.conformance.run.Services;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The curl commands of reports use the same network settings, without secrets. */
class NetworkCurlTest {

  private static final String VALUE = "header-secret";
  private static final String USER = "user:proxy-secret";

  @TempDir static Path folder;

  private static ReferenceService service;
  private static int port;
  private static Keys server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    service = Services.reference(folder.resolve("data")).allowedHosts("service.test").start();
    port = service.baseUrl().getPort();
    server = Keys.of(folder, "localhost");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** Sends a request and runs its curl command; both must have the same response. */
  private static String send(URI baseUrl, Network network, Map<String, String> environment) {
    ServiceClient client =
        new ServiceClient(
            Map.of(),
            network,
            Capabilities.FULL,
            RequestBudget.unbounded(false),
            RetryPolicy.DEFAULT,
            new ServiceRecord());
    RequestLog log = client.newLog();
    Exchange exchange = client.send(baseUrl, ApiRequest.get("/versions"), log);
    assertThat(exchange.status()).isEqualTo(200);
    String curl = log.last().orElseThrow().curl();
    assertThat(curl).doesNotContain("secret", Keys.PASSWORD);
    assertThat(Bash.body(Bash.run(curl, environment)).replaceFirst("(?s)^HTTP.*?\r\n\r\n", ""))
        .isEqualTo(exchange.body());
    return curl;
  }

  private static Network network(Map<String, String> headers, Tls tls, Proxies proxies) {
    return new Network(headers, tls, proxies);
  }

  @Test
  void headersComeFromTheEnvironment() throws Exception {
    try (Relay relay = Relay.plain(port)) {
      send(
          relay.baseUrl("http://localhost"),
          network(Map.of("X-Api-Key", VALUE), Tls.DEFAULT, Proxies.NONE),
          Map.of("IDC4J_HEADER_X_API_KEY", VALUE));

      assertThat(relay.requests())
          .hasSize(2)
          .allMatch(head -> head.contains("\r\nX-Api-Key: " + VALUE + "\r\n"));
    }
  }

  @Test
  void aProxyWithAPasswordComesFromTheEnvironment() throws Exception {
    try (ForwardProxy proxy = ForwardProxy.start(port, USER)) {
      send(
          URI.create("http://localhost/v1"),
          network(Map.of(), Tls.DEFAULT, Proxies.of("--proxy", proxy.url(USER))),
          Map.of("IDC4J_PROXY", proxy.url(USER), "no_proxy", "*"));

      assertThat(proxy.heads()).hasSize(2);
    }
  }

  @Test
  void aProxyOfTheEnvironmentIsUsedAgain() throws Exception {
    try (ForwardProxy proxy = ForwardProxy.start(port, USER)) {
      Map<String, String> environment = Map.of("HTTP_PROXY", proxy.url(USER));
      String curl =
          send(
              URI.create("http://service.test/v1"),
              network(Map.of(), Tls.DEFAULT, Proxies.fromEnvironment(environment)),
              environment);

      assertThat(curl).contains("--proxy \"$HTTP_PROXY\"");
      assertThat(proxy.heads()).hasSize(2);
    }
  }

  @Test
  void aLoopbackHostHasNoProxyInCurlEither() throws Exception {
    try (ForwardProxy proxy = ForwardProxy.start(port, "")) {
      Map<String, String> environment = Map.of("http_proxy", proxy.url());
      send(
          service.baseUrl(),
          network(Map.of(), Tls.DEFAULT, Proxies.fromEnvironment(environment)),
          environment);

      assertThat(proxy.heads()).isEmpty();
    }
  }

  @Test
  void certificatesAndATunnelAreUsedAgain() throws Exception {
    try (Relay relay = Relay.tls(port, server.server(server), true);
        ForwardProxy proxy = ForwardProxy.start(relay.port(), "")) {
      Path trusted = Files.writeString(folder.resolve("it's.pem"), server.certificate());
      Path pem = Files.writeString(folder.resolve("a:b.pem"), server.certificate() + server.key());
      URI baseUrl = URI.create("https://localhost/v1");
      Proxies proxies = Proxies.of("--proxy", proxy.url());

      send(
          baseUrl,
          network(Map.of(), tls(trusted, false, server.file(), Keys.PASSWORD), proxies),
          Map.of("IDC4J_CLIENT_CERT_PASSWORD", Keys.PASSWORD));
      send(baseUrl, network(Map.of(), tls(trusted, false, pem, null), proxies), Map.of());
      send(baseUrl, network(Map.of(), tls(null, true, pem, null), proxies), Map.of());

      assertThat(proxy.heads()).hasSize(6);
    }
  }

  private static Tls tls(Path trusted, boolean insecure, Path client, String password) {
    return new Tls(
        Optional.ofNullable(trusted), insecure, Optional.of(client), Optional.ofNullable(password));
  }
}
