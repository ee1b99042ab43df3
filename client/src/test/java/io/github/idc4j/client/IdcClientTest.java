package io.github.idc4j.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.idc4j.api.MetadataApi;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.error.BadRequestException;
import io.github.idc4j.client.error.DecodingException;
import io.github.idc4j.client.error.RetiredException;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.client.error.TransportException;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.client.http.RawResponse;
import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.model.Cohort;
import io.github.idc4j.model.Collection;
import io.github.idc4j.model.DeletedCohort;
import io.github.idc4j.model.QueryField;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests the operations without pages and their errors, with recorded responses of the real service.
 */
class IdcClientTest {

  private static final String TOKEN = "secret-id-token";

  private final MockWebServer server = new MockWebServer();
  private IdcClient client;

  @BeforeEach
  void start() throws IOException {
    server.start();
    client =
        IdcClient.builder()
            .baseUrl(server.url("/v1").toString())
            .credentials(Credentials.of(() -> TOKEN))
            .retryPolicy(RetryPolicy.none())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void tellsAboutTheService() throws InterruptedException {
    server.enqueue(Recorded.answer("about"));

    assertThat(client.about().message()).startsWith("Welcome to the NCI IDC API");
    assertThat(server.takeRequest().getTarget()).isEqualTo("/v1/about");
  }

  @Test
  void listsVersions() {
    server.enqueue(Recorded.answer("versions"));

    assertThat(client.versions())
        .filteredOn(version -> version.active())
        .singleElement()
        .satisfies(version -> assertThat(version.idcDataVersion()).isEqualTo("21.0"));
  }

  @Test
  void listsCollections() {
    server.enqueue(Recorded.answer("collections-slash"));

    assertThat(client.collections())
        .extracting(Collection::collectionId)
        .containsExactly("tcga_kirc", "tcga_luad", "tcga_read");
  }

  @Test
  void listsAnalysisResults() {
    server.enqueue(Recorded.answer("analysis-results-slash"));

    assertThat(client.analysisResults()).hasSize(2);
    server.enqueue(Recorded.answer("analysis-results-slash"));
    assertThat(client.analysisResults().get(1).dateUpdated()).isNull();
  }

  @Test
  void listsAttributes() {
    server.enqueue(Recorded.answer("attributes-data-source"));

    assertThat(client.attributes())
        .singleElement()
        .satisfies(
            source ->
                assertThat(source.attributes())
                    .extracting(attribute -> attribute.name())
                    .contains("age_at_diagnosis", "age_at_diagnosis_ebtwe"));
  }

  @Test
  void showsTheAccountAndSendsTheToken() throws InterruptedException {
    server.enqueue(Recorded.answer("account-details-social"));

    assertThat(client.account().email()).isEqualTo("alice@example.org");
    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/v1/users/account_details");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + TOKEN);
  }

  @Test
  void listsCohorts() {
    server.enqueue(Recorded.answer("cohorts-list"));

    List<Cohort> cohorts = client.cohorts();

    assertThat(cohorts).isNotEmpty();
    assertThat(cohorts.get(0).filterSet().filters()).containsEntry("Modality", List.of("CT", "MR"));
  }

  @Test
  void savesACohort() throws InterruptedException {
    server.enqueue(Recorded.answer("cohorts-create"));

    assertThat(
            client
                .createCohort(
                    new CohortDefinition(
                        "mycohort",
                        "Example description",
                        List.of(
                            Attributes.COLLECTION_ID.anyOf("tcga_luad", "tcga_kirc"),
                            Attributes.AGE_AT_DIAGNOSIS.between(53, 69.5))))
                .cohortId())
        .isEqualTo(1);
    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getTarget()).isEqualTo("/v1/cohorts");
    assertThat(request.getHeaders().get("Content-Type")).startsWith("application/json");
    assertThat(request.getBody().utf8())
        .isEqualTo(
            "{\"name\":\"mycohort\",\"description\":\"Example description\",\"filters\":{"
                + "\"collection_id\":[\"tcga_luad\",\"tcga_kirc\"],"
                + "\"age_at_diagnosis_ebtwe\":[53,69.5]}}");
  }

  @Test
  void takesAFailedSaveOfStatus200ForWhatItIs() {
    server.enqueue(Recorded.answer("cohorts-create-no-description"));

    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(() -> client.createCohort(CohortDefinition.of("x")))
        .withMessage(
            "createCohort: The service responded with 200: There was an error saving your cohort. ("
                + server.url("/v1/cohorts")
                + ").");
  }

  @Test
  void deletesACohort() throws InterruptedException {
    server.enqueue(Recorded.answer("cohorts-delete-one"));

    DeletedCohort deleted = client.deleteCohort(8);

    assertThat(deleted.result().notes()).contains("has been deleted");
    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("DELETE");
    assertThat(request.getTarget()).isEqualTo("/v1/cohorts/8");
  }

  @Test
  void deletesSeveralCohortsByABody() throws InterruptedException {
    server.enqueue(Recorded.answer("cohorts-delete-foreign"));

    assertThat(client.deleteCohorts(3, 4).get(0).result().deletePermission()).isFalse();
    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("DELETE");
    assertThat(request.getBody().utf8()).isEqualTo("{\"cohorts\":[3,4]}");
  }

  @Test
  void tellsWhatTheServiceRefused() {
    server.enqueue(Recorded.answer("qp-unknown-key"));

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> client.collections())
        .satisfies(e -> assertThat(e.status()).isEqualTo(400));
  }

  @Test
  void tellsForbidden() {
    server.enqueue(Recorded.answer("mid-anonymous"));

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> client.manifest(1, ManifestColumn.PATIENT_ID).iterator().hasNext())
        .satisfies(e -> assertThat(e.status()).isEqualTo(403));
  }

  @Test
  void keepsTheStatusOfAnHtmlError() {
    server.enqueue(Recorded.answer("mid-nonint-404"));
    server.enqueue(Recorded.answer("about"));

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> client.versions())
        .satisfies(e -> assertThat(e.status()).isEqualTo(404));
  }

  @Test
  void tellsAFaultOfTheService() {
    server.enqueue(Recorded.answer("account-details-unregistered"));

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> client.account())
        .satisfies(e -> assertThat(e.status()).isEqualTo(500));
  }

  @Test
  void knowsARetiredService() {
    server.enqueue(Recorded.answer("gone-about"));

    assertThatExceptionOfType(RetiredException.class)
        .isThrownBy(() -> client.about())
        .satisfies(e -> assertThat(e.documentation()).isNotEmpty());
  }

  @Test
  void tellsAnAnswerThatIsNotAsTheContractSays() {
    server.enqueue(new MockResponse.Builder().body("{\"versions\":5}").build());

    assertThatExceptionOfType(DecodingException.class)
        .isThrownBy(() -> client.versions())
        .withMessageContaining("listVersions")
        .withMessageContaining("$.versions");
  }

  @Test
  void toleratesUnknownAbsentAndNullFields() {
    server.enqueue(
        new MockResponse.Builder()
            .body(
                "{\"code\":200,\"new\":{\"a\":[1]},\"versions\":[{\"idc_data_version\":null,"
                    + "\"more\":1}]}")
            .build());

    assertThat(client.versions())
        .singleElement()
        .satisfies(
            version -> {
              assertThat(version.idcDataVersion()).isNull();
              assertThat(version.active()).isNull();
            });
  }

  @Test
  void tellsANetworkFailureWithoutTheToken() {
    server.close();

    assertThatExceptionOfType(TransportException.class)
        .isThrownBy(() -> client.account())
        .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain(TOKEN));
  }

  @Test
  void doesNotFollowRedirects() {
    server.enqueue(
        new MockResponse.Builder().code(302).setHeader("Location", "http://127.0.0.1:9/").build());

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> client.account())
        .satisfies(e -> assertThat(e.status()).isEqualTo(302));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void refusesToSendATokenOverPlainHttpToAnotherMachine() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                IdcClient.builder()
                    .baseUrl("http://192.0.2.1/v1")
                    .credentials(Credentials.of(() -> TOKEN))
                    .build())
        .withMessageContaining("plain http")
        .withMessageNotContaining(TOKEN);
  }

  @Test
  void refusesAnAddressThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IdcClient.builder().baseUrl("idc").build())
        .withMessageContaining("idc");
  }

  @Test
  void refusesCallsWithoutColumnsOrFields() {
    assertThatIllegalArgumentException().isThrownBy(() -> client.manifest(1));
    assertThatIllegalArgumentException().isThrownBy(() -> client.query(1, new QueryField[0]));
  }

  @Test
  void refusesWhatTheServiceWouldMisread() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attributes.AGE_AT_DIAGNOSIS.between(69, 53))
        .withMessageContaining("lower bound");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attributes.STUDY_DESCRIPTION.anyOf("%SKULL%"))
        .withMessageContaining("like");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CohortDefinition.of(
                    "x", Attributes.MODALITY.anyOf("CT"), Attributes.MODALITY.anyOf("MR")))
        .withMessageContaining("Modality");
  }

  @Test
  void handsOverAnyAnswerAsItIs() throws IOException, InterruptedException {
    server.enqueue(
        new MockResponse.Builder().code(405).addHeader("X-Odd", "1").body("<p>").build());

    try (RawResponse response = client.raw(MetadataApi.class, api -> api.listCollections(null))) {
      assertThat(response.status()).isEqualTo(405);
      assertThat(response.headers()).containsEntry("x-odd", List.of("1"));
      assertThat(response.body().readAllBytes()).isEqualTo("<p>".getBytes(UTF_8));
      assertThat(response).hasToString("RawResponse[status=405]");
    }
    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/v1/collections");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + TOKEN);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void closingTheClientEndsAnAnswerThatIsStillRead() {
    server.enqueue(
        new MockResponse.Builder()
            .body("x".repeat(1 << 20))
            .throttleBody(1024, 1, TimeUnit.HOURS)
            .build());

    try (RawResponse response = client.raw(MetadataApi.class, MetadataApi::getAbout)) {
      client.close();

      assertThatIOException().isThrownBy(() -> response.body().readAllBytes());
    }
  }

  @Test
  void aRawRequestWithoutAnAnswerSaysSo() {
    server.close();

    assertThatExceptionOfType(TransportException.class)
        .isThrownBy(() -> client.raw(MetadataApi.class, MetadataApi::getAbout))
        .withMessageStartingWith("getAbout: No complete response from ");
  }
}
