package io.github.idc4j.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.idc4j.conformance.Bash;
import io.github.idc4j.conformance.Cohort;
import io.github.idc4j.conformance.Services;
import io.github.idc4j.conformance.mutant.Proxy;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The curl line of an exchange, run by a shell, meets the same answer. */
class CurlTest {

  @TempDir static Path home;

  private ReferenceService service;
  private Map<String, String> environment;
  private Api api;

  @BeforeEach
  void start() throws IOException {
    service = Services.reference(home).start();
    String token = service.issueToken("first@example.org");
    environment = Map.of("IDC4J_TOKEN", token);
    api = new Api(Map.of(Bearer.FIRST, token), Gate.unbounded(true), Patience.USUAL);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private Exchange send(Call call) {
    return api.send(service.baseUrl(), call);
  }

  private JsonNode sendAgain(int status) throws IOException, InterruptedException {
    String curl = curl();
    assertThat(curl).doesNotContain(environment.get("IDC4J_TOKEN"));
    String output = Bash.run(curl, environment);
    assertThat(output).startsWith("HTTP/1.1 " + status + " ");
    return JsonMapper.shared().readTree(Bash.body(output));
  }

  private String curl() {
    return api.evidence(new AssertionError()).orElseThrow().curl();
  }

  private static Call preview(String body) {
    return Call.post("/cohorts/manifest/preview").with("SeriesInstanceUID", "True").json(body);
  }

  private static String ofCollection() {
    return Cohort.ofCollection("nlst");
  }

  private Exchange save() {
    return send(Call.post("/cohorts").json(ofCollection()).as(Bearer.FIRST));
  }

  private static Call manifest(Exchange saved) {
    return Call.get("/cohorts/manifest/" + saved.json().at("/cohort_properties/cohort_id").asLong())
        .with("SeriesInstanceUID", "True")
        .as(Bearer.FIRST);
  }

  @Test
  void aBodyWithQuotesAndAKeyWithSpacesArriveAsTheyAre() throws IOException, InterruptedException {
    Exchange exchange =
        send(preview(Cohort.of(Map.of("PatientID", List.of("it's \"$HOME\" `ls` \\ % &")))));
    assertThat(sendAgain(200)).isEqualTo(exchange.json());

    Exchange refused =
        send(Call.get("/attributes").with("data_source", "it's a & b = c % + \"d\""));
    assertThat(sendAgain(400)).isEqualTo(refused.json());
  }

  @Test
  void aPageTokenIsGotAnew() throws IOException, InterruptedException {
    String token =
        send(preview(ofCollection()).with("page_size", 3)).json().path("next_page").asString();
    Exchange page =
        send(Call.get("/cohorts/manifest/nextPage").with("next_page", token).with("page_size", 2));

    assertThat(curl()).doesNotContain(token.substring(0, 20));
    assertThat(sendAgain(200).path("manifest")).isEqualTo(page.json().path("manifest"));
  }

  /** A service of somebody else's, with base64 as it comes, of which JSON may escape the slash. */
  @Test
  void aTokenThatUrlsWriteOtherwiseIsGotAnew() throws IOException, InterruptedException {
    HttpServer server = Services.server();
    server.createContext(
        "/",
        exchange -> {
          String query = exchange.getRequestURI().getRawQuery();
          boolean known = ("" + query).contains("next_page=a%2Bb%2Fc%25d%3D%3D");
          Services.answer(
              exchange,
              200,
              "application/json",
              known
                  ? "{\"code\":200,\"next_page\":\"\",\"page\":2}"
                  : "{\"code\":200,\"next_page\":\"a+b\\/c%d==\",\"page\":1}");
        });
    server.start();
    try {
      URI baseUrl = Services.baseUrl(server);
      Exchange first = api.sendUnjudged(baseUrl, Call.get("/dicomMetadata"));
      Exchange second =
          api.sendUnjudged(
              baseUrl,
              Call.get("/dicomMetadata/nextPage")
                  .with("next_page", first.json().path("next_page").asString()));

      assertThat(second.json().path("page").asInt(0)).isEqualTo(2);
      assertThat(sendAgain(200)).isEqualTo(second.json());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aSavedCohortThatTheCheckDeletesAfterwardsIsMadeAnew()
      throws IOException, InterruptedException {
    Exchange saved = save();
    Exchange page = send(manifest(saved));
    api.sendAside(
        service.baseUrl(),
        Call.delete("/cohorts/" + saved.json().at("/cohort_properties/cohort_id").asLong())
            .as(Bearer.FIRST));

    assertThat(sendAgain(200).path("manifest")).isEqualTo(page.json().path("manifest"));
  }

  @Test
  void aCohortThatWasDeletedBeforeStaysDeleted() throws IOException, InterruptedException {
    Exchange saved = save();
    send(
        Call.delete("/cohorts/" + saved.json().at("/cohort_properties/cohort_id").asLong())
            .as(Bearer.FIRST));
    Exchange refused = send(manifest(saved));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(sendAgain(403)).isEqualTo(refused.json());
  }

  @Test
  void aBodyWithoutContentTypeIsSentWithoutOne() throws IOException, InterruptedException {
    List<String> types = new CopyOnWriteArrayList<>();
    try (Proxy proxy =
        new Proxy(
            service.baseUrl(),
            (request, reference) -> {
              types.add(request.contentType());
              return reference.send(request);
            })) {
      Exchange refused = api.send(proxy.baseUrl(), preview(null).body(null, ofCollection()));

      assertThat(sendAgain(400)).isEqualTo(refused.json());
    }
    assertThat(types).containsExactly("", "");
  }

  @Test
  void aCohortOfAnEarlierCheckIsMadeAnew() throws IOException, InterruptedException {
    Exchange saved = save();
    api.begin();
    api.recall(service.baseUrl(), saved);
    Exchange page = send(manifest(saved));

    assertThat(curl()).contains("curl -s -X POST");
    assertThat(sendAgain(200).path("manifest")).isEqualTo(page.json().path("manifest"));
  }
}
