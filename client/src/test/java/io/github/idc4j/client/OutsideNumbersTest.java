package io.github.idc4j.client;

import static io.github.idc4j.client.ManifestColumn.PATIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.error.CredentialsException;
import io.github.idc4j.client.error.DecodingException;
import io.github.idc4j.client.error.IdcException;
import io.github.idc4j.client.error.IdcTimeoutException;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.paging.Checkpoint;
import io.github.idc4j.client.testing.FakeTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests unusual numbers and dates from a service, a file or a setting. */
@Timeout(60)
class OutsideNumbersTest {

  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  @TempDir private Path folder;
  private final MockWebServer server = new MockWebServer();
  private final MockWebServer issuer = new MockWebServer();
  private final FakeTime time = new FakeTime();

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.start();
    issuer.start();
  }

  @AfterEach
  void stop() {
    server.close();
    issuer.close();
  }

  private IdcClientBuilder builder() {
    return IdcClient.builder().baseUrl(server.url("/v1").toString()).time(time, time.sleeper());
  }

  private Credentials credentials(String idToken, String expiry) throws IOException {
    Path file = folder.resolve("credentials");
    Files.writeString(
        file,
        """
        {"client_id":"id","client_secret":"secret","refresh_token":"refresh","token_uri":"%s",
         "token_expiry":"%s","token_response":{"id_token":"%s"}}
        """
            .formatted(issuer.url("/token"), expiry, idToken));
    return Credentials.file(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e18",
        "-1e18",
        "-5",
        "1e400",
        "-1e400",
        "1e99999999999",
        "99999999999999999999999999999999999999",
        "1.7976931348623157e308",
        "\"tomorrow\"",
        "null",
        "{}",
        "true"
      })
  void usesATokenWithAnImpossibleExpiry(String expiry) throws IOException {
    String claims = "{\"exp\":" + expiry + "}";
    String token =
        "e30."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
            + ".x";
    server.enqueue(Responses.json("{\"cohorts\":[]}"));
    try (IdcClient client =
        builder().credentials(credentials(token, "9999-01-01T00:00:00Z")).build()) {
      assertThat(client.cohorts()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+1000000000-12-31T23:59:59.999999999Z",
        "+10000-01-01T00:00:00Z",
        "9999-12-31T24:00:00Z"
      })
  void usesATokenWithALateExpiry(String expiry) throws IOException {
    server.enqueue(Responses.json("{\"cohorts\":[]}"));
    try (IdcClient client = builder().credentials(credentials("opaque", expiry)).build()) {
      assertThat(client.cohorts()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"})
  void renewsATokenWithAnEarlyExpiry(String expiry) throws IOException {
    issuer.enqueue(Responses.json("{\"id_token\":\"new\"}"));
    server.enqueue(Responses.json("{\"cohorts\":[]}"));
    try (IdcClient client = builder().credentials(credentials("opaque", expiry)).build()) {
      assertThat(client.cohorts()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "99999-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "1e99", "-1"})
  void reportsAnExpiryThatIsNotATime(String expiry) throws IOException {
    try (IdcClient client = builder().credentials(credentials("opaque", expiry)).build()) {
      assertThatExceptionOfType(CredentialsException.class)
          .isThrownBy(client::cohorts)
          .withMessageContaining("token_expiry");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e18", "-5", "1e999999999", "1e-999999999", "0", "3599.5", "\"x\"", "null", "[]"})
  void savesARenewedTokenWithAnImpossibleLifetime(String seconds) throws IOException {
    Credentials credentials = credentials("opaque", "1960-01-01T00:00:00Z");
    issuer.enqueue(Responses.json("{\"id_token\":\"new\",\"expires_in\":" + seconds + "}"));
    server.enqueue(Responses.json("{\"cohorts\":[]}"));
    try (IdcClient client = builder().credentials(credentials).build()) {
      assertThat(client.cohorts()).isEmpty();
    }
    assertThat(Files.readString(folder.resolve("credentials"))).contains("\"id_token\":\"new\"");
  }

  @Test
  void reportsATokenResponseWithANumberBeyondAnyType() throws IOException {
    Credentials credentials = credentials("opaque", "1960-01-01T00:00:00Z");
    issuer.enqueue(Responses.json("{\"id_token\":\"new\",\"expires_in\":1e99999999999}"));
    try (IdcClient client = builder().credentials(credentials).build()) {
      assertThatExceptionOfType(CredentialsException.class).isThrownBy(client::cohorts);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9999999999999999999999999999999999999999",
        "99999999999",
        "2147483648",
        "4294967296",
        "000000000000000000000000000000000000000000000000000",
        "1e99",
        "-5",
        "0",
        "1.5",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Fri, 31 Dec 99999 23:59:59 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "soon"
      })
  void waitsOrEndsForAnyRetryAfter(String header) {
    for (int status : new int[] {202, 429, 503}) {
      MockResponse response = status == 202 ? Responses.pending("t") : Responses.of(status, "");
      server.enqueue(response.newBuilder().setHeader("Retry-After", header).build());
      server.enqueue(Responses.json(Responses.page(0, 1, "")));
      int before = server.getRequestCount();
      try (IdcClient client = builder().build()) {
        Throwable thrown =
            catchThrowable(
                () -> assertThat(client.manifest(1, PATIENT_ID).stream()).as("rows").hasSize(1));

        if (thrown == null) {
          assertThat(server.getRequestCount() - before).isEqualTo(2);
        } else {
          assertThat(thrown).as(status + " " + header).isInstanceOf(IdcTimeoutException.class);
          takeUnusedResponse();
        }
      }
    }
  }

  private void takeUnusedResponse() {
    try (IdcClient client = builder().build()) {
      assertThat(client.manifest(1, PATIENT_ID).stream()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e400",
        "-1e400",
        "1.5",
        "9223372036854775808",
        "99999999999999999999999999999999999999",
        "1e999999999",
        "1e99999999999",
        "\"many\"",
        "[]",
        "true"
      })
  void rejectsImpossibleNumbersInResponses(String number) {
    server.enqueue(
        Responses.json(
            "{\"manifest\":{\"json_manifest\":[],\"totalFound\":"
                + number
                + "},\"next_page\":\"\"}"));
    server.enqueue(Responses.json("{\"code\":" + number + ",\"manifest\":{\"json_manifest\":[]}}"));
    server.enqueue(Responses.of(202, "{\"code\":" + number + ",\"next_page\":\"t\"}"));
    try (IdcClient client = builder().build()) {
      for (int i = 0; i < 3; i++) {
        assertThatExceptionOfType(DecodingException.class)
            .isThrownBy(() -> client.manifest(1, PATIENT_ID).iterator().hasNext());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1e18", "9223372036854775807", "null"})
  void acceptsAnyTotalThatIsANumber(String number) {
    server.enqueue(
        Responses.json("{\"manifest\":{\"json_manifest\":[{}],\"totalFound\":" + number + "}}"));
    try (IdcClient client = builder().build()) {
      assertThat(client.manifest(1, PATIENT_ID).stream()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "\"x\"", "1.5", "99999999999", "[]"})
  void reportsTheStatusOfAnErrorWithAnImpossibleCode(String code) {
    server.enqueue(Responses.of(400, "{\"code\":" + code + ",\"message\":\"No\"}"));
    try (IdcClient client = builder().build()) {
      assertThatExceptionOfType(ServiceException.class)
          .isThrownBy(client::versions)
          .satisfies(e -> assertThat(e.status()).isEqualTo(400));
    }
  }

  @Test
  void acceptsTheLongestTimes() {
    server.enqueue(Responses.of(503, ""));
    server.enqueue(Responses.pending("t"));
    server.enqueue(Responses.json(Responses.page(0, 1, "")));
    RetryPolicy policy = RetryPolicy.builder().initialBackoff(FOREVER).maxBackoff(FOREVER).build();
    try (IdcClient client =
        builder()
            .connectTimeout(FOREVER)
            .attemptTimeout(FOREVER)
            .totalTimeout(FOREVER)
            .walkTimeout(FOREVER)
            .retryPolicy(policy.toBuilder().initialBackoff(Duration.ofMillis(1)).build())
            .build()) {
      assertThat(client.manifest(1, PATIENT_ID).stream()).hasSize(1);
    }
    server.enqueue(Responses.of(503, ""));
    try (IdcClient client = builder().retryPolicy(policy).build()) {
      assertThatExceptionOfType(IdcTimeoutException.class).isThrownBy(client::versions);
    }
  }

  @Test
  void acceptsTheShortestTimes() {
    server.enqueue(Responses.of(503, ""));
    server.enqueue(Responses.of(503, ""));
    server.enqueue(Responses.of(503, ""));
    server.enqueue(Responses.json("{\"versions\":[]}"));
    try (IdcClient client =
        builder()
            .httpClient(new OkHttpClient())
            .retryPolicy(
                RetryPolicy.builder()
                    .initialBackoff(Duration.ofNanos(400_000))
                    .multiplier(10)
                    .jitter(0)
                    .build())
            .build()) {
      assertThat(client.versions()).isEmpty();
    }
    assertThat(time.sleeps())
        .containsExactly(Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMillis(40));
    IdcClient.builder().connectTimeout(Duration.ofNanos(1)).build().close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HTTP/1.1 000 No", "HTTP/1.1 999 No", "HTTP/1.1 2000 No", "HTTP/1.1 ２００ No"})
  void reportsAnImpossibleStatusCode(String statusLine) {
    server.enqueue(new MockResponse.Builder().status(statusLine).build());
    try (IdcClient client = builder().retryPolicy(RetryPolicy.none()).build()) {
      assertThatExceptionOfType(IdcException.class).isThrownBy(client::versions);
    }
  }

  private static String checkpoint(String fingerprint, String... parts) {
    String plain = fingerprint + "\n" + String.join("\n", parts);
    return "idc4j1."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void walksFromOrRejectsAnyCheckpoint() {
    try (IdcClient client = builder().build()) {
      var rows = client.manifest(1, PATIENT_ID);
      String fingerprint = rows.iterator().checkpoint().fingerprint();
      for (String pages : List.of("0", "2147483646", "2147483647", "2147483648", "-1", "x", "")) {
        for (String count : List.of("0", "5", "9223372036854775806", "9223372036854775807", "-1")) {
          for (String ofPage : List.of("0", "1", "9223372036854775807")) {
            String text = checkpoint(fingerprint, pages, count, ofPage, "false", "token");
            server.enqueue(Responses.json(Responses.page(0, 2, "next" + text.hashCode())));
            server.enqueue(Responses.json(Responses.page(0, 2, "")));
            Throwable thrown =
                catchThrowable(
                    () -> {
                      Checkpoint checkpoint = Checkpoint.parse(text);
                      var walk = rows.resumeFrom(checkpoint).limit(3).iterator();
                      while (walk.hasNext()) {
                        walk.next();
                        assertThat(Checkpoint.parse(walk.checkpoint().text()))
                            .isEqualTo(walk.checkpoint());
                      }
                    });
            if (thrown != null) {
              assertThat(thrown)
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("is not a checkpoint");
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "idc4j1.",
        "idc4j1.AAAA",
        "idc4j1.%%%",
        "idc4j2.AAAA",
        "idc4j1.CgoKCgo",
        "IDC4J1.",
        "\u0000"
      })
  void rejectsATextThatIsNotACheckpoint(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checkpoint.parse(text))
        .withMessageContaining("is not a checkpoint");
  }
}
