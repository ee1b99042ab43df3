package io.github.idc4j.service.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests with a server that trusts 127.0.0.2 and the networks of two proxies, and that returns what
 * it knows about each request.
 */
class TrustedProxiesTest {

  private static final String PROXY = "127.0.0.2";
  private static final String STRANGER = "127.0.0.3";

  private static Server server;
  private static ServerConnector connector;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux"),
        "Only Linux has the addresses 127.0.0.2 and 127.0.0.3");
    server = new Server();
    HttpConfiguration http = new HttpConfiguration();
    http.addCustomizer(new TrustedProxies(Set.of(PROXY, "10.0.0.0/8", "2001:db8::/32")));
    connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setErrorHandler(new JsonErrors());
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            Content.Sink.write(
                response,
                true,
                request.getHttpURI().getScheme()
                    + " "
                    + request.getHttpURI().getAuthority()
                    + " "
                    + Request.getRemoteAddr(request),
                callback);
            return true;
          }
        });
    server.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.stop();
    }
  }

  private static String get(String peer, String headers) throws IOException {
    try (Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(),
            connector.getLocalPort(),
            InetAddress.getByName(peer),
            0)) {
      String request =
          "GET / HTTP/1.1\r\nHost: service\r\nConnection: close\r\n"
              + headers.replace(" | ", "\r\n")
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      String response = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      return response.substring(response.indexOf("\r\n\r\n")).strip();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "X-Forwarded-For: 192.0.2.7 # http service 192.0.2.7",
        "X-Forwarded-For: 192.0.2.7:4711 # http service 192.0.2.7",
        "X-Forwarded-For: 2001:db9::7 # http service [2001:db9::7]",
        "X-Forwarded-Proto: https | X-Forwarded-Host: idc.test # https idc.test 127.0.0.2",
        "X-Forwarded-Host: idc.test:8443 # http idc.test:8443 127.0.0.2",
        "Forwarded: for=192.0.2.7;proto=https;host=idc.test # https idc.test 192.0.2.7",
        "Forwarded: For=\"[2001:db9::7]:4711\"; Proto=https # https service [2001:db9::7]",
        "Forwarded: for=unknown;host=idc.test # http idc.test 127.0.0.2",
        "Accept: a # http service 127.0.0.2"
      })
  void theHeadersOfATrustedProxyAreUsed(String headers, String expected) throws IOException {
    assertThat(get(PROXY, headers)).isEqualTo(expected);
    assertThat(get(STRANGER, headers)).isEqualTo("http service 127.0.0.3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "X-Forwarded-For: 127.0.0.1, 192.0.2.7 # http service 192.0.2.7",
        "X-Forwarded-For: 127.0.0.1 | X-Forwarded-For: 192.0.2.7, 10.1.2.3 # http service 192.0.2.7",
        "X-Forwarded-For: 10.9.9.9, 192.0.2.7, 2001:db8::1, 10.1.2.3 # http service 192.0.2.7",
        "X-Forwarded-For: 10.9.9.9, 10.1.2.3 # http service 10.9.9.9",
        "X-Forwarded-For: 10.9.9.9, 10.1.2.999, 10.1.2.3 # http service 10.1.2.999",
        "X-Forwarded-For: 10.9.9.9, 192.0.2.7, 10.1.2.3:80, [2001:db8::1]:80 # http service 192.0.2.7",
        "X-Forwarded-For: 10.9.9.9, , host.test, 10.1.2.3 # http service host.test",
        "X-Forwarded-For: 127.0.0.1, 192.0.2.7 | X-Forwarded-Host: evil.test, idc.test"
            + " | X-Forwarded-Proto: http, https # https idc.test 192.0.2.7",
        "X-Forwarded-For: 192.0.2.7, 10.1.2.3 | X-Forwarded-Host: idc.test, inside"
            + " | X-Forwarded-Proto: https, http # https idc.test 192.0.2.7",
        "X-Forwarded-For: 127.0.0.1, 192.0.2.7 | X-Forwarded-Host: evil.test, x, idc.test"
            + " # http idc.test 192.0.2.7",
        "Forwarded: for=127.0.0.1;host=evil.test;proto=https, for=192.0.2.7;host=idc.test,"
            + " for=10.1.2.3;host=inside # http idc.test 192.0.2.7"
      })
  void theClientIsTheLastHostThatIsNotTrusted(String headers, String expected) throws IOException {
    assertThat(get(PROXY, headers)).isEqualTo(expected);
  }

  @Test
  void bothKindsOfHeadersAreRefused() throws IOException {
    String one = "Forwarded: host=evil.test;for=\"192.0.2.7, for=10.0.0.1\", for=10.0.0.1";
    assertThat(get(PROXY, one)).as("an address with a comma").contains("\"code\":400");

    String both = "Forwarded: for=127.0.0.1;host=evil.test | X-Forwarded-For: 192.0.2.7";

    assertThat(get(PROXY, both)).contains("\"code\":400");
    assertThat(get(STRANGER, both)).isEqualTo("http service 127.0.0.3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"proxy.test", "10.0.0.0-255", "10.0.0.0/33", "10.0.0", "", "10.0.0.0/", "::g"})
  void otherTextsAreNoProxies(String text) {
    assertThatThrownBy(() -> TrustedProxies.parse(Set.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("but was '" + text + "'");
  }
}
