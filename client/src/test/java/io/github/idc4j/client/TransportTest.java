package io.github.idc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.error.CanceledException;
import io.github.idc4j.client.error.CredentialsException;
import io.github.idc4j.client.error.DecodingException;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.client.filter.Filter;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests which requests the client sends, how often and to which hosts, and how it handles
 * unexpected responses.
 */
class TransportTest {

  private final MockWebServer server = new MockWebServer();
  private IdcClient client;

  /**
   * Returns a builder with a short timeout. If the client sends a request that it should not send,
   * the server never responds.
   */
  private IdcClientBuilder builder() {
    return IdcClient.builder()
        .baseUrl(server.url("/v1").toString())
        .attemptTimeout(Duration.ofSeconds(5));
  }

  @BeforeEach
  void start() throws IOException {
    server.start();
    client = builder().build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 503})
  void sendsACohortOnceEvenIfTheServiceAsksForItAgain(int status) {
    MockResponse again =
        new MockResponse.Builder().code(status).setHeader("Retry-After", "0").build();
    server.enqueue(again);
    server.enqueue(Recorded.answer("cohorts-create"));

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> client.createCohort(CohortDefinition.of("x")))
        .satisfies(e -> assertThat(e.status()).isEqualTo(status));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>Sign in to the Wi-Fi</html>", "", "null", "{\"versions\":[}"})
  void tellsAnAnswerThatIsNotJson(String body) {
    server.enqueue(new MockResponse.Builder().body(body).build());

    assertThatExceptionOfType(DecodingException.class)
        .isThrownBy(() -> client.versions())
        .withMessageContaining("listVersions");
  }

  static List<Consumer<IdcClient>> listings() {
    return List.of(
        IdcClient::versions,
        IdcClient::collections,
        IdcClient::analysisResults,
        IdcClient::attributes,
        IdcClient::account,
        IdcClient::cohorts,
        client -> client.deleteCohort(1),
        client -> client.deleteCohorts(1, 2));
  }

  @ParameterizedTest
  @MethodSource("listings")
  void tellsAnAnswerWithoutItsPart(Consumer<IdcClient> listing) {
    server.enqueue(new MockResponse.Builder().body("{\"code\":200}").build());

    assertThatExceptionOfType(DecodingException.class)
        .isThrownBy(() -> listing.accept(client))
        .withMessageContaining("does not conform to the specification: no ");
  }

  @Test
  void tellsADeletionThatNamesNoCohort() {
    server.enqueue(new MockResponse.Builder().body("{\"code\":200,\"cohorts\":[]}").build());

    assertThatExceptionOfType(DecodingException.class)
        .isThrownBy(() -> client.deleteCohort(1))
        .withMessageContaining("deleteCohort");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "", " ", "two\nlines"})
  void sendsNothingWithoutAGoodToken(String token) {
    client =
        builder().credentials(Credentials.of(() -> token.equals("null") ? null : token)).build();

    assertThatExceptionOfType(CredentialsException.class)
        .isThrownBy(() -> client.cohorts())
        .withMessageContaining("ID token")
        .withMessageNotContaining("two");
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://u:secret@example.org/v1",
        "https://example.org/v1?a=b",
        "https://e.org/#x"
      })
  void refusesABaseUrlWithMoreThanAPath(String baseUrl) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IdcClient.builder().baseUrl(baseUrl).build())
        .withMessageContaining("base URL")
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:1/v1", "http://127.0.0.1:1/v1", "http://[::1]:1/v1"})
  void allowsATokenOverPlainHttpToThisMachine(String baseUrl) {
    IdcClient.builder().baseUrl(baseUrl).credentials(Credentials.of("x")).build().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1.example.org/v1", "http://10.0.0.1/v1"})
  void refusesATokenOverPlainHttpToAnyOther(String baseUrl) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> IdcClient.builder().baseUrl(baseUrl).credentials(Credentials.of("x")).build());
  }

  @Test
  void refusesTimesThatAreNotPositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IdcClient.builder().attemptTimeout(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IdcClient.builder().connectTimeout(Duration.ofSeconds(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IdcClient.builder().totalTimeout(Duration.ZERO));
  }

  @Test
  void asksForTheAttributesOfOneDataSource() throws InterruptedException {
    server.enqueue(Recorded.answer("attributes-data-source"));

    assertThat(client.attributes("tcga_clinical_rel9")).hasSize(1);
    assertThat(server.takeRequest().getTarget())
        .isEqualTo("/v1/attributes?data_source=tcga_clinical_rel9");
  }

  @Test
  void refusesToDeleteNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> client.deleteCohorts());
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void sendsBigNumbersOfFiltersAsTheyAre() throws InterruptedException {
    server.enqueue(Recorded.answer("cohorts-create"));

    client.createCohort(
        CohortDefinition.of("x", Attributes.AGE_AT_DIAGNOSIS.between(7L, new BigDecimal("53.10"))));

    assertThat(server.takeRequest().getBody().utf8()).contains("[7,53.10]");
  }

  @Test
  void refusesValuesOfFiltersThatJsonLacks() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attributes.AGE_AT_DIAGNOSIS.equalTo(Double.NaN))
        .withMessageContaining("age_at_diagnosis");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Filter.of("x", new Object()))
        .withMessageContaining("x");
  }

  @Test
  void throwsAtOnceWhenInterruptedAndKeepsTheFlag() {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(CanceledException.class)
        .isThrownBy(() -> client.versions())
        .withMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(server.getRequestCount()).isZero();
  }
}
