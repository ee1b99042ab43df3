package io.github.idc4j.client;

import static io.github.idc4j.client.ManifestColumn.PATIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.error.CredentialsException;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.client.error.TransportException;
import io.github.idc4j.client.http.RetryPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests which settings of a given OkHttp client the IDC client uses, and which headers the IDC
 * client sends.
 */
@Timeout(60)
class HttpClientTest {

  private static final MockResponse VERSIONS = Responses.json("{\"versions\":[]}");

  @StartStop private final MockWebServer server = PromptSockets.server();

  private IdcClientBuilder builder() {
    return IdcClient.builder()
        .baseUrl(server.url("/v1").toString())
        .retryPolicy(RetryPolicy.none());
  }

  @Test
  void leavesTheGivenClientOpen() throws IOException {
    server.enqueue(VERSIONS);
    server.enqueue(VERSIONS);
    OkHttpClient http = new OkHttpClient();
    IdcClient client = builder().httpClient(http).build();
    client.versions();
    client.close();

    assertThat(http.connectionPool().connectionCount()).isEqualTo(1);
    assertThat(http.dispatcher().executorService().isShutdown()).isFalse();
    try (Response response =
        http.newCall(new Request.Builder().url(server.url("/")).build()).execute()) {
      assertThat(response.code()).isEqualTo(200);
    }
    http.dispatcher().executorService().shutdown();
  }

  @Test
  void callsInterceptorsAndEventListeners() {
    server.enqueue(VERSIONS);
    List<String> seen = new CopyOnWriteArrayList<>();
    OkHttpClient http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  seen.add("application " + chain.request().header("Authorization"));
                  return chain.proceed(chain.request().newBuilder().header("X-Trace", "1").build());
                })
            .addNetworkInterceptor(
                chain -> {
                  seen.add("network " + chain.request().header("X-Trace"));
                  return chain.proceed(chain.request());
                })
            .eventListener(
                new EventListener() {
                  @Override
                  public void callEnd(Call call) {
                    seen.add("end");
                  }
                })
            .build();
    try (IdcClient client = builder().credentials(Credentials.of("t")).httpClient(http).build()) {
      client.versions();
    }
    assertThat(seen).containsExactly("application Bearer t", "network 1", "end");
  }

  @Test
  void usesTheDnsOfTheGivenClient() {
    server.enqueue(VERSIONS);
    OkHttpClient http =
        new OkHttpClient.Builder()
            .dns(
                host -> {
                  assertThat(host).isEqualTo("service.example.org");
                  return List.of(
                      InetAddress.getByAddress(new byte[] {127, 0, 0, 99}),
                      InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                })
            .build();
    try (IdcClient client =
        builder()
            .baseUrl("http://service.example.org:" + server.getPort() + "/v1")
            .httpClient(http)
            .build()) {
      assertThat(client.versions()).isEmpty();
    }
  }

  @Test
  void usesTheProxyOfTheGivenClient() throws InterruptedException {
    server.enqueue(VERSIONS);
    OkHttpClient http =
        new OkHttpClient.Builder()
            .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("localhost", server.getPort())))
            .build();
    try (IdcClient client =
        builder().baseUrl("http://service.example.org/v1").httpClient(http).build()) {
      assertThat(client.versions()).isEmpty();
    }
    assertThat(server.takeRequest().getRequestLine())
        .isEqualTo("GET http://service.example.org/v1/versions HTTP/1.1");
  }

  @Test
  void ignoresTheReadAndCallTimeoutsOfTheGivenClient() {
    server.enqueue(
        VERSIONS
            .newBuilder()
            .headersDelay(300, TimeUnit.MILLISECONDS)
            .bodyDelay(300, TimeUnit.MILLISECONDS)
            .build());
    OkHttpClient http =
        new OkHttpClient.Builder()
            .readTimeout(Duration.ofMillis(50))
            .writeTimeout(Duration.ofMillis(50))
            .callTimeout(Duration.ofMillis(100))
            .build();
    try (IdcClient client = builder().httpClient(http).build()) {
      assertThat(client.versions()).isEmpty();
    }
  }

  @Test
  void isNotLimitedByTheDispatcherOfTheGivenClient() {
    int calls = 12;
    CyclicBarrier all = new CyclicBarrier(calls);
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            try {
              all.await(30, TimeUnit.SECONDS);
              return VERSIONS;
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
              return Responses.of(500, "");
            }
          }
        });
    okhttp3.Dispatcher one = new okhttp3.Dispatcher();
    one.setMaxRequests(1);
    one.setMaxRequestsPerHost(1);
    try (IdcClient client =
        builder().httpClient(new OkHttpClient.Builder().dispatcher(one).build()).build()) {
      List<CompletableFuture<?>> futures =
          IntStream.range(0, calls)
              .<CompletableFuture<?>>mapToObj(i -> client.async().versions())
              .toList();
      futures.forEach(future -> future.orTimeout(30, TimeUnit.SECONDS).join());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 307, 308})
  void followsNoRedirect(int status) {
    server.enqueue(
        Responses.of(status, "")
            .newBuilder()
            .setHeader("Location", server.url("/elsewhere").toString())
            .build());
    OkHttpClient http =
        new OkHttpClient.Builder().followRedirects(true).followSslRedirects(true).build();
    try (IdcClient client = builder().httpClient(http).build()) {
      assertThatExceptionOfType(ServiceException.class)
          .isThrownBy(client::versions)
          .withMessageContaining("which the client does not follow");
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void sendsItsHeaders() throws InterruptedException {
    server.enqueue(VERSIONS);
    server.enqueue(VERSIONS);
    server.enqueue(VERSIONS);
    IdcClientBuilder builder =
        builder().header("X-Api-Key", "1").header("x-api-key", "2").userAgent("tool/1 (x)");
    try (IdcClient client = builder.build()) {
      builder.header("X-Late", "1");
      client.versions();
      try (IdcClient copy = client.toBuilder().header("X-Other", "3").build()) {
        copy.versions();
      }
    }
    try (IdcClient client = builder().build()) {
      client.versions();
    }
    RecordedRequest first = server.takeRequest();
    assertThat(first.getHeaders().values("X-Api-Key")).containsExactly("2");
    assertThat(first.getHeaders().values("User-Agent")).containsExactly("tool/1 (x)");
    assertThat(first.getHeaders().get("X-Late")).isNull();
    RecordedRequest second = server.takeRequest();
    assertThat(second.getHeaders().get("X-Api-Key")).isEqualTo("2");
    assertThat(second.getHeaders().get("X-Other")).isEqualTo("3");
    assertThat(server.takeRequest().getHeaders().get("User-Agent")).isEqualTo("idc4j");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Authorization", "authorization", "HOST", "Content-Type", "Content-Length"})
  void rejectsHeadersThatItSetsItself(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().header(name, "s3cr3t"))
        .withMessageNotContaining("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s3cr3t\r\nX: y", "s3cr3t\u0000", "s3cr3t\u00e4", "s3cr3t\u007f"})
  void rejectsInvalidHeaderValues(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().header("X-Key", value))
        .withMessageNotContaining("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:b", "a\r\nb", "\u00e4"})
  void rejectsInvalidHeaderNames(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().header(name, "s3cr3t").build())
        .withMessageNotContaining("s3cr3t");
  }

  @Test
  void sendsTokensOverPlainHttpToAllowedHostsOnly() {
    IdcClientBuilder builder =
        IdcClient.builder().baseUrl("http://Service:8080/v1").credentials(Credentials.of("t"));
    assertThatIllegalArgumentException().isThrownBy(builder::build);
    builder.allowPlainHttp("SERVICE", "10.0.0.1").build().close();
    builder.baseUrl("http://10.0.0.1/v1").build().close();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.baseUrl("http://service.example.org/v1").build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.baseUrl("http://service/v1").allowPlainHttp().build());
  }

  @Test
  void buildsACopyThatIsIndependent() {
    server.enqueue(VERSIONS);
    server.enqueue(VERSIONS);
    IdcClient client = builder().build();
    IdcClient copy = client.toBuilder().build();
    client.versions();
    client.close();
    assertThat(copy.versions()).isEmpty();
    copy.close();
  }

  @Test
  void worksOverHttp2() {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    server.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(certificate)
            .build()
            .sslSocketFactory());
    HandshakeCertificates trusted =
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(certificate.certificate())
            .build();
    List<Protocol> protocols = new CopyOnWriteArrayList<>();
    OkHttpClient http =
        new OkHttpClient.Builder()
            .sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager())
            .addInterceptor(
                chain -> {
                  Response response = chain.proceed(chain.request());
                  protocols.add(response.protocol());
                  return response;
                })
            .build();
    server.enqueue(Responses.json(Responses.page(0, 1, "a")));
    server.enqueue(Responses.json(Responses.page(1, 1, "")));
    server.enqueue(Responses.hanging());
    server.enqueue(VERSIONS);
    try (IdcClient client =
        builder().httpClient(http).attemptTimeout(Duration.ofSeconds(2)).build()) {
      assertThat(client.manifest(1, PATIENT_ID).stream()).hasSize(2);
      assertThat(catchThrowable(client::versions)).isNotNull();
      assertThat(client.versions()).isEmpty();
    }
    assertThat(protocols).isNotEmpty().containsOnly(Protocol.HTTP_2);
  }

  @Test
  void renewsTokensWithoutInterceptorsAndHeaders(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path file = folder.resolve("credentials");
    Files.writeString(
        file,
        """
        {"client_id":"id","client_secret":"secret","refresh_token":"refresh","token_uri":"%s",
         "token_expiry":"2001-01-01T00:00:00Z","token_response":{"id_token":"opaque"}}
        """
            .formatted(server.url("/token")));
    server.enqueue(Responses.json("{\"id_token\":\"new\"}"));
    server.enqueue(Responses.json("{\"cohorts\":[]}"));
    OkHttpClient http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> chain.proceed(chain.request().newBuilder().header("X-Mine", "1").build()))
            .build();
    try (IdcClient client =
        builder()
            .credentials(Credentials.file(file))
            .header("X-Api-Key", "1")
            .httpClient(http)
            .build()) {
      assertThat(client.cohorts()).isEmpty();
    }
    RecordedRequest renewal = server.takeRequest();
    assertThat(renewal.getHeaders().names()).doesNotContain("X-Mine", "X-Api-Key", "Authorization");
    assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer new");
  }

  @Test
  void reportsAnUnknownHost() {
    OkHttpClient http =
        new OkHttpClient.Builder()
            .dns(
                host -> {
                  throw new UnknownHostException(host + " is unknown");
                })
            .build();
    try (IdcClient client =
        builder().baseUrl("http://nowhere.example.org/v1").httpClient(http).build()) {
      assertThatExceptionOfType(TransportException.class)
          .isThrownBy(client::versions)
          .withMessageContaining("nowhere.example.org is unknown");
    }
  }

  @Test
  void reportsCredentialsThatFail() {
    CredentialsException failure = new CredentialsException("Log in first.");
    try (IdcClient client =
        builder()
            .credentials(
                Credentials.of(
                    () -> {
                      throw failure;
                    }))
            .build()) {
      assertThatExceptionOfType(CredentialsException.class)
          .isThrownBy(client::versions)
          .withMessage("Log in first.")
          .satisfies(e -> assertThat(e.operation()).isEqualTo("listVersions"));
    }
    assertThat(server.getRequestCount()).isZero();
  }
}
