package io.github.idc4j.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.error.CredentialsException;
import io.github.idc4j.client.error.UnauthorizedException;
import io.github.idc4j.client.testing.FakeTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests credentials from the file of IDC's login: reading, renewing and rewriting tokens, and
 * damaged files.
 */
class FileCredentialsTest {

  private static final String SECRET = "s3cr3t";

  @TempDir private Path folder;
  private final MockWebServer issuer = new MockWebServer();
  private final FakeTime time = new FakeTime();
  private Path file;

  @BeforeEach
  void start() throws IOException {
    issuer.start();
    file = folder.resolve("credentials");
    time.pass(Duration.ofDays(20_000));
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  private FileCredentials credentials() {
    return FileCredentials.of(file, time);
  }

  /**
   * Returns an ID token that expires after {@code life}. The token is not signed, because the
   * client does not verify signatures.
   */
  private String token(String name, Duration life) {
    String claims = "{\"exp\":" + time.instant().plus(life).getEpochSecond() + "}";
    return name
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".signature";
  }

  private void write(String idToken) throws IOException {
    Files.writeString(
        file,
        """
        {"access_token":"old-%s","client_id":"id","client_secret":"%s","refresh_token":"r-%s",
         "token_expiry":"2100-01-01T00:00:00Z","token_uri":"%s","invalid":false,
         "scopes":["email"],"id_token":{"sub":12345678901234567890},
         "token_response":{"id_token":"%s","expires_in":3599,"scope":"email"}}
        """
            .formatted(SECRET, SECRET, SECRET, issuer.url("/token"), idToken));
  }

  private void answer(String idToken) {
    issuer.enqueue(
        new MockResponse.Builder()
            .body("{\"id_token\":\"" + idToken + "\",\"access_token\":\"new\",\"expires_in\":3599}")
            .build());
  }

  @Test
  void givesATokenThatLivesWithoutARequest() throws IOException {
    String token = token("a", Duration.ofMinutes(30));
    write(token);

    assertThat(credentials().idToken()).isEqualTo(token);
    assertThat(issuer.getRequestCount()).isZero();
  }

  @Test
  void renewsATokenThatIsAboutToEndAndKeepsAllElse() throws IOException, InterruptedException {
    write(token("a", Duration.ofSeconds(59)));
    String newToken = token("b", Duration.ofHours(1));
    answer(newToken);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(credentials().idToken()).isEqualTo(newToken);

    assertThat(issuer.takeRequest().getBody().utf8())
        .isEqualTo(
            "grant_type=refresh_token&client_id=id&client_secret=s3cr3t&refresh_token=r-s3cr3t");
    assertThat(Files.readString(file))
        .contains("\"access_token\":\"new\"", "\"refresh_token\":\"r-s3cr3t\"")
        .contains("\"sub\":12345678901234567890", "\"expires_in\":3599,\"scope\":\"email\"")
        .contains("\"id_token\":\"" + newToken + "\"")
        .contains("\"token_expiry\":\"2024-10-04T00:59:59Z\"");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
    assertThat(credentials().idToken()).isEqualTo(newToken);
    assertThat(issuer.getRequestCount()).isEqualTo(1);
  }

  @Test
  void renewsOnceForManyThreads() throws IOException, InterruptedException, ExecutionException {
    write(token("a", Duration.ZERO));
    String newToken = token("b", Duration.ofHours(1));
    answer(newToken);
    FileCredentials credentials = credentials();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<String>> tokens =
          threads.invokeAll(
              IntStream.range(0, 64)
                  .<java.util.concurrent.Callable<String>>mapToObj(i -> credentials::idToken)
                  .toList());
      for (Future<String> token : tokens) {
        assertThat(token.get()).isEqualTo(newToken);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(issuer.getRequestCount()).isEqualTo(1);
  }

  @Test
  void renewsOnceAndAsksOnceMoreAfter401() throws IOException {
    write("opaque");
    MockWebServer service = new MockWebServer();
    service.start();
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl(service.url("/v1").toString())
            .credentials(credentials())
            .build()) {
      issuer.enqueue(new MockResponse.Builder().body("{\"id_token\":\"fresh\"}").build());
      service.enqueue(new MockResponse.Builder().code(401).build());
      service.enqueue(new MockResponse.Builder().body("{\"cohorts\":[]}").build());
      assertThat(client.cohorts()).isEmpty();

      issuer.enqueue(new MockResponse.Builder().body("{\"id_token\":\"other\"}").build());
      service.enqueue(new MockResponse.Builder().code(401).build());
      service.enqueue(
          new MockResponse.Builder()
              .code(401)
              .body("{\"code\":401,\"message\":\"bad token other\"}")
              .build());
      assertThatExceptionOfType(UnauthorizedException.class)
          .isThrownBy(client::cohorts)
          .withMessageContaining("bad token ***");
      assertThat(issuer.getRequestCount()).isEqualTo(2);
      assertThat(service.getRequestCount()).isEqualTo(4);
    } finally {
      service.close();
    }
  }

  @Test
  void takesATokenThatAnotherProgramRenewed() throws IOException {
    write("one");
    FileCredentials credentials = credentials();
    assertThat(credentials.idToken()).isEqualTo("one");
    write("two");

    assertThat(credentials.renew("one")).isTrue();
    assertThat(credentials.idToken()).isEqualTo("two");
    assertThat(issuer.getRequestCount()).isZero();
  }

  @Test
  void renewsWithoutAClientSecret() throws IOException, InterruptedException {
    write(token("a", Duration.ZERO));
    Files.writeString(
        file,
        Files.readString(file).replace("\"client_secret\":\"s3cr3t\"", "\"client_secret\":null"));
    String newToken = token("b", Duration.ofHours(1));
    answer(newToken);

    assertThat(credentials().idToken()).isEqualTo(newToken);

    assertThat(issuer.takeRequest().getBody().utf8())
        .isEqualTo("grant_type=refresh_token&client_id=id&refresh_token=r-s3cr3t");
  }

  @Test
  void keepsALinkALink() throws IOException {
    write(token("a", Duration.ZERO));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    answer(token("b", Duration.ofHours(1)));

    FileCredentials.of(link, time).idToken();

    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(file)).contains("\"access_token\":\"new\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                     | is empty. Log in again with IDC's idc_auth.py.
          {"s3cr3t                               | is not a JSON object. Log in again with IDC's idc_auth.py.
          ["s3cr3t"]                             | is not a JSON object. Log in again with IDC's idc_auth.py.
          {"token_response":{}}                  | has no ID token (token_response.id_token). Log in again with IDC's idc_auth.py.
          {"invalid":true}                       | is marked invalid, because the login was revoked or expired. Log in again with IDC's idc_auth.py.
          {"token_response":{"id_token":"s3cr3t"},"token_expiry":"soon"} | has a token_expiry that is not a time such as 2026-01-31T12:00:00Z. Log in again with IDC's idc_auth.py.
          {"token_response":{"id_token":"s3cr3t"},"token_expiry":"2001-01-01T00:00:00Z"} | has an ID token that expired or was refused, and no client_id to renew it. Log in again with IDC's idc_auth.py.
          {"token_response":{"id_token":"s3cr3t"},"token_expiry":"2001-01-01T00:00:00Z","client_id":"i","client_secret":"s3cr3t","refresh_token":"s3cr3t","token_uri":"http://example.org/"} | has a token_uri that is not an https URL. Log in again with IDC's idc_auth.py.
          """)
  void saysWhatIsWrongWithTheFile(String contents, String problem) throws IOException {
    Files.writeString(file, contents);

    assertThatExceptionOfType(CredentialsException.class)
        .isThrownBy(() -> credentials().idToken())
        .withMessage("The credentials file " + file + " " + problem)
        .withMessageNotContaining(SECRET);
  }

  @Test
  void saysThatThereIsNoFile() {
    assertThatExceptionOfType(CredentialsException.class)
        .isThrownBy(() -> credentials().idToken())
        .withMessage(
            "The credentials file "
                + file
                + " does not exist. Log in again with IDC's idc_auth.py. If the file is elsewhere, name it in"
                + " the environment variable IDC_CREDENTIALS.");
  }

  @Test
  void saysThatItIsAFolder() {
    assertThatExceptionOfType(CredentialsException.class)
        .isThrownBy(() -> FileCredentials.of(folder, time).idToken())
        .withMessage(
            "The credentials file "
                + folder
                + " is not a regular file. Log in again with IDC's idc_auth.py.");
  }

  @Test
  void saysThatItCanNotBeRead() throws IOException {
    write("x");
    Path below = file.resolve("credentials");

    assertThatExceptionOfType(CredentialsException.class)
        .isThrownBy(() -> FileCredentials.of(below, time).idToken())
        .withMessageStartingWith("The credentials file " + below + " could not be read: ");
  }

  @Test
  void saysThatTheLoginWasRevokedAndLeavesTheFile() throws IOException {
    write(token("a", Duration.ZERO));
    String before = Files.readString(file);
    issuer.enqueue(
        new MockResponse.Builder()
            .code(400)
            .body("{\"error\":\"invalid_grant\",\"error_description\":\"s3cr3t\"}")
            .build());

    assertThatExceptionOfType(CredentialsException.class)
        .isThrownBy(() -> credentials().idToken())
        .withMessageContaining("could not be renewed: ")
        .withMessageContaining("responded with 400 invalid_grant. Log in again")
        .withMessageNotContaining(SECRET);
    assertThat(Files.readString(file)).isEqualTo(before);
    assertThat(credentials().toString()).doesNotContain(SECRET);
  }
}
