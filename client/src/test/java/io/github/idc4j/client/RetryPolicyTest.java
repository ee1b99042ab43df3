package io.github.idc4j.client;

import static io.github.idc4j.client.ManifestColumn.PATIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.idc4j.client.error.IdcTimeoutException;
import io.github.idc4j.client.error.ServerErrorException;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.client.error.TransportException;
import io.github.idc4j.client.http.AttemptEvent;
import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.testing.FakeTime;
import io.github.idc4j.model.ManifestRow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests which failures a retry policy retries, how often, and after which waits. */
@Timeout(60)
class RetryPolicyTest {

  private static final MockResponse VERSIONS = Responses.json("{\"versions\":[]}");

  @StartStop private final MockWebServer server = PromptSockets.server();
  private final FakeTime time = new FakeTime();
  private final List<AttemptEvent> events = new CopyOnWriteArrayList<>();

  private IdcClientBuilder builder(RetryPolicy policy) {
    return IdcClient.builder()
        .baseUrl(server.url("/v1").toString())
        .retryPolicy(policy)
        .onAttempt(events::add)
        .time(time, time.sleeper());
  }

  private void enqueue(int... statuses) {
    for (int status : statuses) {
      server.enqueue(Responses.of(status, ""));
    }
  }

  private static RetryPolicy.Builder exact() {
    return RetryPolicy.builder()
        .jitter(0)
        .initialBackoff(Duration.ofMillis(100))
        .multiplier(3)
        .maxBackoff(Duration.ofSeconds(1));
  }

  private static List<Duration> millis(long... millis) {
    return LongStream.of(millis).mapToObj(Duration::ofMillis).toList();
  }

  @Test
  void waitsLongerEachTimeUpToTheMaximum() {
    enqueue(503, 502, 504, 429, 503);
    server.enqueue(VERSIONS);
    try (IdcClient client = builder(exact().build()).build()) {
      assertThat(client.versions()).isEmpty();
    }
    assertThat(time.sleeps()).isEqualTo(millis(100, 300, 900, 1000, 1000));
  }

  @Test
  void endsAfterTheLastRetry() {
    enqueue(503, 503, 503);
    try (IdcClient client = builder(exact().maxRetries(2).build()).build()) {
      assertThatExceptionOfType(ServerErrorException.class).isThrownBy(client::versions);
    }
    assertThat(server.getRequestCount()).isEqualTo(3);
    assertThat(time.sleeps()).isEqualTo(millis(100, 300));
  }

  @Test
  void retriesTheStatusCodesOfThePolicyOnly() {
    enqueue(500, 418);
    server.enqueue(VERSIONS);
    enqueue(503);
    try (IdcClient client = builder(exact().statuses(500, 418).build()).build()) {
      assertThat(client.versions()).isEmpty();
      assertThatExceptionOfType(ServerErrorException.class).isThrownBy(client::versions);
    }
    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  @Test
  void retriesConnectionFailuresWithoutStatusCodes() {
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    server.enqueue(VERSIONS);
    enqueue(503);
    try (IdcClient client = builder(exact().statuses().build()).build()) {
      assertThat(client.versions()).isEmpty();
      assertThatExceptionOfType(ServerErrorException.class).isThrownBy(client::versions);
    }
  }

  @Test
  void retriesNoConnectionFailureIfThePolicySaysSo() {
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    enqueue(503);
    server.enqueue(VERSIONS);
    RetryPolicy policy = exact().retryConnectionFailures(false).build();
    assertThat(policy.toBuilder().build().retryConnectionFailures()).isFalse();
    try (IdcClient client = builder(policy).build()) {
      assertThatExceptionOfType(TransportException.class).isThrownBy(client::versions);
      assertThat(server.getRequestCount()).isEqualTo(1);
      assertThat(client.versions()).isEmpty();
    }
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void keepsWaitsWithinTheJitter() {
    RetryPolicy policy =
        RetryPolicy.builder()
            .maxRetries(200)
            .multiplier(1)
            .jitter(0.5)
            .initialBackoff(Duration.ofSeconds(1))
            .build();
    for (int i = 0; i < 200; i++) {
      enqueue(503);
    }
    server.enqueue(VERSIONS);
    try (IdcClient client = builder(policy).totalTimeout(Duration.ofDays(1)).build()) {
      assertThat(client.versions()).isEmpty();
    }
    assertThat(time.sleeps())
        .allMatch(wait -> wait.toMillis() >= 500 && wait.toMillis() <= 1500)
        .anyMatch(wait -> wait.toMillis() < 800)
        .anyMatch(wait -> wait.toMillis() > 1200);
  }

  @Test
  void countsRetriesOfEachPageAnew() {
    enqueue(503, 503);
    server.enqueue(Responses.json(Responses.page(0, 1, "a")));
    enqueue(503, 503);
    server.enqueue(Responses.json(Responses.page(1, 1, "")));
    try (IdcClient client = builder(exact().maxRetries(2).build()).build()) {
      assertThat(client.manifest(1, PATIENT_ID).stream()).hasSize(2);
    }
    assertThat(time.sleeps()).isEqualTo(millis(100, 300, 100, 300));
  }

  @Test
  void pollsWithTheBackoffWithoutARetry() {
    for (int i = 0; i < 4; i++) {
      server.enqueue(Responses.pending("t" + i));
    }
    server.enqueue(Responses.json(Responses.page(0, 1, "")));
    try (IdcClient client = builder(exact().maxRetries(0).build()).build()) {
      assertThat(client.manifest(1, PATIENT_ID).stream()).hasSize(1);
    }
    assertThat(time.sleeps()).isEqualTo(millis(100, 300, 900, 1000));
  }

  @Test
  void usesThePolicyOfTheRows() {
    enqueue(503, 503);
    try (IdcClient client = builder(exact().build()).build()) {
      assertThatExceptionOfType(ServerErrorException.class)
          .isThrownBy(
              () ->
                  client
                      .manifest(1, PATIENT_ID)
                      .retryPolicy(exact().maxRetries(1).build())
                      .iterator()
                      .hasNext());
    }
    assertThat(time.sleeps()).isEqualTo(millis(100));
  }

  @Test
  void neverRetriesWithoutRetries() {
    enqueue(503);
    try (IdcClient client = builder(RetryPolicy.none()).build()) {
      assertThatExceptionOfType(ServerErrorException.class).isThrownBy(client::versions);
    }
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void endsAtTheMostAttempts() {
    enqueue(503, 503);
    server.enqueue(Responses.pending("t"));
    server.enqueue(Responses.pending("u"));
    try (IdcClient client = builder(exact().build()).maxAttempts(2).build()) {
      assertThatExceptionOfType(ServerErrorException.class).isThrownBy(client::versions);
      assertThatExceptionOfType(IdcTimeoutException.class)
          .isThrownBy(() -> client.manifest(1, PATIENT_ID).iterator().hasNext())
          .satisfies(e -> assertThat(e.limit()).isEqualTo(IdcTimeoutException.Limit.MAX_ATTEMPTS))
          .satisfies(e -> assertThat(e.pageToken()).contains("u"));
    }
    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  @Test
  void resumesThePendingQueryAfterARetry() throws InterruptedException {
    server.enqueue(Responses.pending("first"));
    enqueue(503);
    server.enqueue(Responses.json(Responses.page(0, 1, "")));
    try (IdcClient client = builder(exact().build()).build()) {
      assertThat(client.manifest(1, PATIENT_ID).stream())
          .extracting(ManifestRow::patientId)
          .containsExactly("0");
    }
    server.takeRequest();
    assertThat(server.takeRequest().getUrl().queryParameter("next_page")).isEqualTo("first");
    assertThat(server.takeRequest().getUrl().queryParameter("next_page")).isEqualTo("first");
  }

  private static HandshakeCertificates serverCertificates(HeldCertificate certificate) {
    return new HandshakeCertificates.Builder().heldCertificate(certificate).build();
  }

  private static OkHttpClient trusting(HeldCertificate certificate) {
    HandshakeCertificates trusted =
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(certificate.certificate())
            .build();
    return new OkHttpClient.Builder()
        .sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager())
        .build();
  }

  private void assertCertificateFailure(IdcClientBuilder builder) {
    try (IdcClient client = builder.build()) {
      assertThatExceptionOfType(TransportException.class)
          .isThrownBy(client::versions)
          .withMessageContaining("Check the certificates");
    }
    assertThat(events).hasSize(1);
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void neverRetriesACertificateThatIsNotTrusted() {
    HeldCertificate selfSigned =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    server.useHttps(serverCertificates(selfSigned).sslSocketFactory());

    assertCertificateFailure(builder(exact().build()));

    server.enqueue(VERSIONS);
    try (IdcClient client = builder(exact().build()).httpClient(trusting(selfSigned)).build()) {
      assertThat(client.versions()).isEmpty();
    }
  }

  @Test
  void neverRetriesACertificateOfAnotherHost() {
    HeldCertificate other =
        new HeldCertificate.Builder().addSubjectAlternativeName("other.example.org").build();
    server.useHttps(serverCertificates(other).sslSocketFactory());

    assertCertificateFailure(builder(exact().build()).httpClient(trusting(other)));
  }

  @Test
  void neverRetriesACertificateThatExpired() {
    HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    HeldCertificate expired =
        new HeldCertificate.Builder()
            .signedBy(authority)
            .addSubjectAlternativeName("localhost")
            .validityInterval(0, TimeUnit.DAYS.toMillis(1))
            .build();
    server.useHttps(serverCertificates(expired).sslSocketFactory());

    assertCertificateFailure(builder(exact().build()).httpClient(trusting(authority)));
  }

  @Test
  void neverRetriesAProxyThatRefusesTheClient() throws IOException {
    try (MockWebServer proxy = new MockWebServer()) {
      proxy.start();
      proxy.enqueue(Responses.of(407, ""));
      proxy.enqueue(Responses.of(407, ""));
      OkHttpClient http =
          new OkHttpClient.Builder()
              .proxy(
                  new Proxy(
                      Proxy.Type.HTTP, new InetSocketAddress("localhost", proxy.url("/").port())))
              .build();
      try (IdcClient client =
          builder(exact().build()).baseUrl("https://example.org/v1").httpClient(http).build()) {
        assertThatExceptionOfType(TransportException.class)
            .isThrownBy(client::versions)
            .withMessageContaining("proxyAuthenticator");
      }
      try (IdcClient client =
          builder(exact().build()).baseUrl("http://example.org/v1").httpClient(http).build()) {
        assertThatExceptionOfType(ServiceException.class)
            .isThrownBy(client::versions)
            .satisfies(e -> assertThat(e.status()).isEqualTo(407));
      }
      assertThat(proxy.getRequestCount()).isEqualTo(2);
    }
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void rejectsImpossibleSettings() {
    RetryPolicy.Builder policy = RetryPolicy.builder();
    assertThatIllegalArgumentException().isThrownBy(() -> policy.maxRetries(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> policy.statuses(503, 202));
    assertThatIllegalArgumentException().isThrownBy(() -> policy.initialBackoff(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> policy.maxBackoff(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> policy.multiplier(0.9));
    assertThatIllegalArgumentException().isThrownBy(() -> policy.multiplier(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> policy.jitter(1.1));
    assertThatIllegalArgumentException().isThrownBy(() -> policy.jitter(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.initialBackoff(Duration.ofSeconds(11)).build());
    assertThat(RetryPolicy.builder().statuses(503, 503).build().statuses()).containsExactly(503);
  }

  @Test
  void equalsAPolicyWithTheSameSettings() {
    RetryPolicy policy = exact().statuses(503, 502).build();
    assertThat(policy)
        .isEqualTo(exact().statuses(502, 503).build())
        .hasSameHashCodeAs(policy.toBuilder().build())
        .isNotEqualTo(RetryPolicy.defaults());
    assertThat(policy.toBuilder().maxRetries(9).build().statuses())
        .containsExactlyInAnyOrder(502, 503);
  }
}
