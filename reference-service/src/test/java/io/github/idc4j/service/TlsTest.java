package io.github.idc4j.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.http.RequestLimits;
import io.github.idc4j.service.http.TlsException;
import io.github.idc4j.service.http.TlsKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Tests a service with TLS, with the certificates of a new authority. */
@Timeout(120)
@Tag("slow")
class TlsTest {

  private static final Duration TIME = Duration.ofSeconds(3);

  @TempDir static Path home;

  private static TestCertificates certificates;
  private static ReferenceService service;

  private static ReferenceServiceBuilder builder() {
    return ReferenceService.builder()
        .dataFolder(home)
        .sampleSize(new SampleSize(Map.of("nlst", 20), 10_000))
        .stopWait(Duration.ofSeconds(1))
        .limits(Limits.standard().withRequests(RequestLimits.standard().withClientTime(TIME)));
  }

  @BeforeAll
  static void start() throws IOException, InterruptedException, GeneralSecurityException {
    certificates = new TestCertificates(home);
    certificates.issue("server", "EC", "");
    service = builder().tls(pem("server")).start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static TlsKey pem(String name) throws IOException, GeneralSecurityException {
    return TlsKey.pem(certificates.chain(name), certificates.key(name));
  }

  private static HttpResponse<String> about(ReferenceService service, SSLParameters parameters)
      throws IOException, InterruptedException, GeneralSecurityException {
    return HttpClient.newBuilder()
        .sslContext(certificates.client())
        .sslParameters(parameters)
        .build()
        .send(
            HttpRequest.newBuilder(service.baseUrl().resolve("/v1/about")).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static SSLSocket connect() throws IOException, GeneralSecurityException {
    Socket plain = connectPlain();
    SSLContext client = certificates.client();
    return (SSLSocket)
        client.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
  }

  private static Socket connectPlain() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), service.baseUrl().getPort()));
    socket.setSoTimeout((int) TIME.multipliedBy(8).toMillis());
    return socket;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void clientsThatTrustTheAuthorityCanUseTheService(String protocol)
      throws IOException, InterruptedException, GeneralSecurityException {
    HttpResponse<String> response =
        about(service, new SSLParameters(null, new String[] {protocol}));

    assertThat(service.baseUrl().getScheme()).isEqualTo("https");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo(protocol);
    assertThat(response.headers().firstValue("Strict-Transport-Security")).isPresent();
  }

  @Test
  void theDevelopmentIssuerIssuesTokensOfItsHttpsUrl()
      throws IOException, InterruptedException, GeneralSecurityException {
    HttpResponse<String> response =
        HttpClient.newBuilder()
            .sslContext(certificates.client())
            .build()
            .send(
                HttpRequest.newBuilder(
                        service.baseUrl().resolve("/.well-known/openid-configuration"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(response.body())
        .contains("\"issuer\":\"https://127.0.0.1:" + service.baseUrl().getPort() + "\"");
  }

  /** The certificate is checked by clients. Which hosts are allowed is a setting of its own. */
  @ParameterizedTest
  @CsvSource({"localhost,200", "127.0.0.1,200", "[::1],200", "evil.test,421"})
  void theCertificateDoesNotLimitTheHosts(String host, int status)
      throws IOException, GeneralSecurityException {
    try (SSLSocket socket = connect()) {
      String request = "GET /v1/about HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 " + status);
    }
  }

  @Test
  void tokensOfTheDevelopmentIssuerAreValid()
      throws IOException, InterruptedException, GeneralSecurityException {
    HttpClient client = HttpClient.newBuilder().sslContext(certificates.client()).build();
    HttpResponse<String> token =
        client.send(
            HttpRequest.newBuilder(service.tokenUrl())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"email\":\"me@example.org\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    HttpResponse<String> account =
        client.send(
            HttpRequest.newBuilder(URI.create(service.baseUrl() + "/users/account_details"))
                .header(
                    "Authorization",
                    "Bearer "
                        + JsonMapper.shared().readTree(token.body()).get("id_token").asString())
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(account.statusCode()).as("%s", account.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "RSASSA-PSS", "EC", "Ed25519"})
  void keyStoresAndTheUsualKindsOfKeysWork(String algorithm)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = certificates.issue("key-" + algorithm, algorithm, "");
    TlsKey key = TlsKey.keyStore(store, TestCertificates.PASSWORD.toCharArray());
    try (ReferenceService other = builder().retired(true).tls(key).start()) {
      assertThat(about(other, new SSLParameters()).statusCode()).isEqualTo(410);
    }
    try (ReferenceService other = builder().retired(true).tls(pem("key-" + algorithm)).start()) {
      assertThat(about(other, new SSLParameters()).statusCode()).isEqualTo(410);
    }
  }

  @Test
  void anExpiredCertificateIsReported()
      throws IOException, InterruptedException, GeneralSecurityException {
    certificates.issue("expired", "EC", " -startdate -3d -validity 1");
    BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            warnings.add(entry.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("io.github.idc4j.service.http.HttpServer");
    logger.addHandler(handler);
    try (ReferenceService other = builder().retired(true).tls(pem("expired")).start()) {
      assertThat(other.baseUrl()).isNotNull();
      assertThat(warnings)
          .singleElement()
          .asString()
          .contains("The certificate of CN=expired is valid only from", "Renew the certificate");
    } finally {
      logger.removeHandler(handler);
    }
  }

  private static void assertRefused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call).isInstanceOf(TlsException.class).hasMessageContainingAll(parts);
  }

  @Test
  void unusableFilesAreRefusedWithTheirNamesAndARemedy()
      throws IOException, InterruptedException, GeneralSecurityException {
    Path chain = certificates.chain("server");
    Path key = certificates.key("server");
    Path store = certificates.issue("other", "EC", "");
    certificates.issue("rsa", "RSA", "");
    Path text = Files.writeString(home.resolve("text"), "-----BEGIN RSA PRIVATE KEY-----");
    Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("rw-------"));
    Path none = home.resolve("none");

    assertRefused(() -> TlsKey.pem(none, key), none + " does not exist", "Correct the path");
    assertRefused(() -> TlsKey.pem(chain, none), none + " does not exist");
    assertRefused(() -> TlsKey.pem(text, key), text + " has no certificate", "openssl x509");
    assertRefused(() -> TlsKey.pem(chain, text), text + " has no unencrypted", "openssl pkcs8");
    Path otherKey = certificates.key("other");
    assertRefused(
        () -> TlsKey.pem(chain, otherKey),
        otherKey + " does not match",
        "CN=server",
        "Use the key");
    Path rsaKey = certificates.key("rsa");
    assertRefused(() -> TlsKey.pem(chain, rsaKey), rsaKey + " is invalid, or does not match");
    Path both =
        Files.writeString(
            home.resolve("both"),
            Files.readString(chain) + Files.readString(certificates.chain("other")));
    assertRefused(() -> TlsKey.pem(both, key), both + " are not a chain", "first");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertRefused(() -> TlsKey.pem(chain, key), "All users", "chmod o= " + key);
    assertRefused(
        () -> TlsKey.keyStore(store, "wrong".toCharArray()), "password", store + " is wrong");
    assertRefused(
        () -> TlsKey.keyStore(chain, new char[0]), chain + " is not a PKCS #12", "openssl");
    assertRefused(() -> TlsKey.keyStore(none, new char[0]), none + " does not exist");
    Path empty = Files.createFile(home.resolve("empty"));
    assertRefused(() -> TlsKey.password(empty), "All users", "chmod o= " + empty);
    Files.setPosixFilePermissions(empty, PosixFilePermissions.fromString("rw-------"));
    assertRefused(() -> TlsKey.password(empty), empty + " is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u0016\u0003\u0001\u0002", "GET /v1/about HTTP/1.1\r\n"})
  void clientsWithoutACompleteHandshakeAreDisconnected(String sent) throws IOException {
    try (Socket client = connectPlain()) {
      client.getOutputStream().write(sent.getBytes(US_ASCII));

      requireClosed(client);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /v1/about HTTP/1.1\r\nHost: localhost\r\nX-",
        "POST /v1/cohorts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"
      })
  void slowClientsAreDisconnected(String sent) throws IOException, GeneralSecurityException {
    try (SSLSocket client = connect()) {
      client.startHandshake();
      client.getOutputStream().write(sent.getBytes(US_ASCII));

      requireClosed(client);
    }
  }

  /** Requires that the service closes the connection, perhaps after a TLS alert. */
  private static void requireClosed(Socket client) throws IOException {
    try {
      client.getInputStream().readAllBytes();
    } catch (SocketException e) {
      assertThat(e.getMessage().toLowerCase(Locale.ROOT)).contains("reset");
    }
  }

  @Test
  void aClientThatDoesNotReadIsDisconnected() throws IOException, GeneralSecurityException {
    try (Socket plain = connectPlain();
        SSLSocket client =
            (SSLSocket)
                certificates
                    .client()
                    .getSocketFactory()
                    .createSocket(plain, "localhost", plain.getPort(), true)) {
      client
          .getOutputStream()
          .write(
              "GET /v1/dicomMetadata?page_size=10000 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(US_ASCII));
      assertThatThrownBy(
              () -> {
                while (true) {
                  // The data is not TLS. The service does not read it while it waits for the
                  // client.
                  plain.getOutputStream().write(new byte[1000]);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aConnectionThatIsUsedStaysOpen()
      throws IOException, GeneralSecurityException, InterruptedException {
    try (SSLSocket client = connect();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII))) {
      long end = System.nanoTime() + TIME.multipliedBy(2).toNanos();
      while (System.nanoTime() < end) {
        client
            .getOutputStream()
            .write("HEAD /v1/about HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
        assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 OK");
        while (!in.readLine().isEmpty()) {
          // Skips the headers.
        }
        Thread.sleep(TIME.dividedBy(10).toMillis());
      }
    }
  }
}
