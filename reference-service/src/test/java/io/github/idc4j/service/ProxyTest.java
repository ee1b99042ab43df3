package io.github.idc4j.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a service that trusts a proxy at 127.0.0.2. */
class ProxyTest {

  private static final String DIRECT = "127.0.0.1";
  private static final String PROXY = "127.0.0.2";
  private static final String STRANGER = "127.0.0.3";

  @TempDir static Path home;

  private static ReferenceService service;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(
        System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux"),
        "Only Linux has the addresses 127.0.0.2 and 127.0.0.3");
    service =
        ReferenceService.builder()
            .dataFolder(home)
            .sampleSize(new SampleSize(Map.of("nlst", 3), 50))
            .allowedHosts("idc.test")
            .trustedProxies(PROXY)
            .start();
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
  }

  /** Sends a request from an address, and returns the status line. */
  private static String send(String peer, String request) throws IOException {
    try (Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(),
            service.baseUrl().getPort(),
            InetAddress.getByName(peer),
            0)) {
      String text =
          request.replace("\n", "\r\n").replace("HTTP/1.1", "HTTP/1.1\r\nConnection: close");
      socket.getOutputStream().write(text.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII).lines().findFirst().get();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2,X-Forwarded-Host: idc.test,200",
    "127.0.0.2,Forwarded: host=idc.test,200",
    "127.0.0.2,X-Forwarded-Host: evil.test,421",
    "127.0.0.2,Forwarded: host=evil.test,421",
    "127.0.0.2,Forwarded: ,200",
    "127.0.0.2,Forwarded;,400",
    "127.0.0.2,X-Forwarded-Server: evil.test,200",
    "127.0.0.3,X-Forwarded-Host: evil.test,200",
    "127.0.0.3,Forwarded: host=evil.test,200"
  })
  void onlyTheProxyNamesTheHost(String peer, String header, int status) throws IOException {
    assertThat(send(peer, "GET /v1/about HTTP/1.1\nHost: localhost\n" + header + "\n\n"))
        .startsWith("HTTP/1.1 " + status);
  }

  @Test
  void aStrangerCannotUseAnAllowedHost() throws IOException {
    assertThat(
            send(
                STRANGER,
                "GET /v1/about HTTP/1.1\nHost: evil.test\nX-Forwarded-Host: idc.test\n\n"))
        .startsWith("HTTP/1.1 421");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,Accept: a,200",
    "127.0.0.1,X-Forwarded-For: 127.0.0.1,403",
    "127.0.0.1,Forwarded: for=127.0.0.1,403",
    "127.0.0.1,Via: 1.1 proxy,403",
    "127.0.0.1,X-Real-IP: 192.0.2.1,403",
    "127.0.0.2,X-Forwarded-Server: 127.0.0.1,403",
    "127.0.0.2,X-Forwarded-For: 127.0.0.1,403",
    "127.0.0.2,X-Forwarded-Proto: https,403"
  })
  void theDevelopmentIssuerRefusesRequestsThroughProxies(String peer, String header, int status)
      throws IOException {
    assertThat(
            send(
                peer,
                "POST /dev/token HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
                    + header
                    + "\nContent-Length: 2\n\n{}"))
        .startsWith("HTTP/1.1 " + status);
  }

  /** Jetty would use these headers by default. */
  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-Server: localhost", "X-Proxied-Https: on"})
  void otherHeadersOfTheProxyHaveNoEffect(String header) throws IOException {
    assertThat(send(PROXY, "GET /v1/about HTTP/1.1\nHost: evil.test\n" + header + "\n\n"))
        .startsWith("HTTP/1.1 421");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/ready"})
  void programsThatWatchServicesCanUseAnyHost(String path) throws IOException {
    assertThat(send(STRANGER, "GET " + path + " HTTP/1.1\nHost: 192.0.2.7\n\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void programsOnThisHostNeedNoProxy() throws IOException {
    assertThat(send(DIRECT, "GET /v1/about HTTP/1.1\nHost: localhost\n\n"))
        .startsWith("HTTP/1.1 200");
  }
}
