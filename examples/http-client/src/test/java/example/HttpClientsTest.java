package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.client.error.TransportException;
import io.github.idc4j.client.filter.Attributes;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfEnvironmentVariable(named = "IDC4J_BASE_URL", matches = ".+")
class HttpClientsTest {

  private static final String USER = "user";
  private static final String PASSWORD = "password";

  private final URI service = URI.create(System.getenv("IDC4J_BASE_URL"));

  @TempDir Path folder;
  private Path authority;
  private Path identity;
  private HandshakeCertificates serverCertificates;

  /** Issues new certificates for each test: of an authority, of the server, and of the client. */
  @BeforeEach
  void issueCertificates() throws IOException {
    HeldCertificate root = new HeldCertificate.Builder().certificateAuthority(0).build();
    HeldCertificate server =
        new HeldCertificate.Builder().signedBy(root).addSubjectAlternativeName("localhost").build();
    HeldCertificate client = new HeldCertificate.Builder().signedBy(root).build();
    serverCertificates =
        new HandshakeCertificates.Builder()
            .heldCertificate(server)
            .addTrustedCertificate(root.certificate())
            .build();
    authority = Files.writeString(folder.resolve("authority.pem"), root.certificatePem());
    identity =
        Files.writeString(
            folder.resolve("client.pem"), client.certificatePem() + client.privateKeyPkcs8Pem());
  }

  /** Returns the number of rows of a manifest of several pages. */
  private static long countRows(String baseUrl, OkHttpClient http) {
    try (IdcClient client =
        IdcClient.builder().baseUrl(baseUrl).httpClient(http).pageSize(10).build()) {
      return client
          .previewManifest(
              CohortDefinition.of(Attributes.COLLECTION_ID.anyOf("tcga_read")),
              ManifestColumn.SERIES_INSTANCE_UID)
          .stream()
          .count();
    }
  }

  private static void print(String scenario, String result) {
    System.out.println("HTTP client, " + scenario + ": " + result);
  }

  @Test
  void proxyWithPassword() throws IOException {
    try (Gateway proxy = Gateway.proxy(service, Credentials.basic(USER, PASSWORD))) {
      OkHttpClient http = HttpClients.throughProxy(proxy.address(), USER, PASSWORD);

      long rows = countRows(service.toString(), http);

      assertEquals(List.of(407, 200, 407, 200), proxy.statuses());
      print("proxy with password", rows + " rows");
    }
  }

  @Test
  void proxyWithoutPassword() throws IOException {
    try (Gateway proxy = Gateway.proxy(service, Credentials.basic(USER, PASSWORD))) {
      OkHttpClient http =
          new OkHttpClient.Builder().proxy(new Proxy(Proxy.Type.HTTP, proxy.address())).build();

      ServiceException e =
          assertThrows(ServiceException.class, () -> countRows(service.toString(), http));

      assertEquals(407, e.status());
      assertEquals(List.of(407), proxy.statuses());
      print("proxy without password", e.getMessage());
    }
  }

  @Test
  void privateAuthority() throws IOException {
    try (Gateway frontEnd = Gateway.https(service, serverCertificates, false)) {
      long rows = countRows(frontEnd.baseUrl(), HttpClients.trusting(authority));

      print("private certificate authority", rows + " rows");
    }
  }

  @Test
  void untrustedCertificate() throws IOException {
    try (Gateway frontEnd = Gateway.https(service, serverCertificates, false)) {
      TransportException e =
          assertThrows(
              TransportException.class, () -> countRows(frontEnd.baseUrl(), new OkHttpClient()));

      assertEquals(1, frontEnd.handshakes());
      print("untrusted certificate", e.getMessage());
    }
  }

  @Test
  void clientCertificate() throws IOException {
    try (Gateway frontEnd = Gateway.https(service, serverCertificates, true)) {
      long rows = countRows(frontEnd.baseUrl(), HttpClients.presenting(authority, identity));

      print("client certificate", rows + " rows");
    }
  }
}
