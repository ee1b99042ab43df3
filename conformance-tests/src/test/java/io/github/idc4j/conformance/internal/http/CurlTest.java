package io.github.idc4j.conformance.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.idc4j.conformance.mutant.Proxy;
import io.github.idc4j.conformance.run.Bash;
import io.github.idc4j.conformance.run.Services;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shell commands of an exchange return the same response. */
class CurlTest {

  @TempDir static Path home;

  private ReferenceService service;
  private Map<String, String> environment;
  private ServiceClient client;
  private RequestLog log = new RequestLog(Network.DEFAULT);

  @BeforeEach
  void start() throws IOException {
    service = Services.reference(home).start();
    String token = service.issueToken("first@example.org");
    environment = Map.of("IDC4J_TOKEN", token);
    client =
        new ServiceClient(
            Map.of(Caller.FIRST, token),
            Network.DEFAULT,
            Capabilities.FULL,
            RequestBudget.unbounded(true),
            RetryPolicy.DEFAULT,
            new ServiceRecord());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private Exchange send(ApiRequest call) {
    return client.send(service.baseUrl(), call, log);
  }

  private JsonNode reproduced(int status) throws IOException, InterruptedException {
    String curl = curl();
    assertThat(curl).doesNotContain(environment.get("IDC4J_TOKEN"));
    String output = Bash.run(curl, environment);
    assertThat(Bash.body(Bash.run("/bin/sh", curl, environment)))
        .as("output of sh")
        .hasSameSizeAs(Bash.body(output));
    assertThat(output).startsWith("HTTP/1.1 " + status + " ");
    return JsonMapper.shared().readTree(Bash.body(output));
  }

  private String curl() {
    return log.last().orElseThrow().curl();
  }

  private static ApiRequest preview(String body) {
    return ApiRequest.post("/cohorts/manifest/preview")
        .with("SeriesInstanceUID", "True")
        .json(body);
  }

  private static String ofCollection() {
    return cohort("{\"collection_id\":[\"nlst\"]}");
  }

  private Exchange save() {
    return send(ApiRequest.post("/cohorts").json(ofCollection()).as(Caller.FIRST));
  }

  private static ApiRequest manifest(Exchange saved) {
    return ApiRequest.get(
            "/cohorts/manifest/" + saved.json().at("/cohort_properties/cohort_id").asLong())
        .with("SeriesInstanceUID", "True")
        .as(Caller.FIRST);
  }

  @Test
  void quotesAndSpacesAreKept() throws IOException, InterruptedException {
    Exchange exchange =
        send(preview(cohort("{\"PatientID\":[\"it's \\\"$HOME\\\" `ls` \\\\ % &\"]}")));
    assertThat(reproduced(200)).isEqualTo(exchange.json());

    Exchange refused =
        send(ApiRequest.get("/attributes").with("data_source", "it's a & b = c % + \"d\""));
    assertThat(reproduced(400)).isEqualTo(refused.json());
  }

  @Test
  void aPageTokenIsRequestedAgain() throws IOException, InterruptedException {
    String token =
        send(preview(ofCollection()).with("page_size", 3)).json().path("next_page").asString();
    Exchange page =
        send(
            ApiRequest.get("/cohorts/manifest/nextPage")
                .with("next_page", token)
                .with("page_size", 2));

    assertThat(curl()).doesNotContain(token.substring(0, 20));
    assertThat(reproduced(200).path("manifest")).isEqualTo(page.json().path("manifest"));
  }

  /** A token in plain base64, whose slash JSON may escape. */
  @Test
  void aTokenIsEncodedForTheUrl() throws IOException, InterruptedException {
    HttpServer server = Services.server();
    server.createContext(
        "/",
        exchange -> {
          String query = exchange.getRequestURI().getRawQuery();
          boolean known = ("" + query).contains("next_page=a%2Bb%2Fc%25d%3D%3D");
          Services.respond(
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
      Exchange first = client.send(baseUrl, ApiRequest.get("/dicomMetadata"), log);
      Exchange second =
          client.send(
              baseUrl,
              ApiRequest.get("/dicomMetadata/nextPage")
                  .with("next_page", first.json().path("next_page").asString()),
              log);

      assertThat(second.json().path("page").asInt(0)).isEqualTo(2);
      assertThat(reproduced(200)).isEqualTo(second.json());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aCohortThatTheCheckDeletesLaterIsSavedAgain() throws IOException, InterruptedException {
    Exchange saved = save();
    Exchange page = send(manifest(saved));
    client.sendAside(
        service.baseUrl(),
        ApiRequest.delete("/cohorts/" + saved.json().at("/cohort_properties/cohort_id").asLong())
            .as(Caller.FIRST));

    assertThat(reproduced(200).path("manifest")).isEqualTo(page.json().path("manifest"));
    assertThat(curl()).contains("\n# 3. Delete the cohort\ncurl -s -o /dev/null -X DELETE ");
    assertThat(
            client
                .sendAside(service.baseUrl(), ApiRequest.get("/cohorts").as(Caller.FIRST))
                .json()
                .path("cohorts"))
        .as("cohorts that the commands leave")
        .isEmpty();
  }

  @Test
  void aCohortThatWasDeletedBeforeStaysDeleted() throws IOException, InterruptedException {
    Exchange saved = save();
    send(
        ApiRequest.delete("/cohorts/" + saved.json().at("/cohort_properties/cohort_id").asLong())
            .as(Caller.FIRST));
    Exchange refused = send(manifest(saved));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(reproduced(403)).isEqualTo(refused.json());
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
      Exchange refused =
          client.send(proxy.baseUrl(), preview(null).body(null, ofCollection()), log);

      assertThat(reproduced(400)).isEqualTo(refused.json());
    }
    assertThat(types).hasSizeGreaterThan(1).containsOnly("");
  }

  @Test
  void moreThanTwoRequestsAreANumberedScript() throws IOException, InterruptedException {
    Exchange page = send(preview(ofCollection()).with("page_size", 1));
    for (int i = 0; i < 2; i++) {
      page =
          send(
              ApiRequest.get("/cohorts/manifest/nextPage")
                  .with("next_page", page.json().path("next_page").asString())
                  .with("page_size", 1));
    }

    assertThat(
            curl()
                .lines()
                .map(
                    line ->
                        line.replaceAll(
                            "(#.*|page_token\\(\\) .|[a-z_0-9]+=\\$\\(curl|curl).*", "$1")))
        .containsExactly(
            "page_token() {",
            "# 1. Get the first page",
            "page_token_1=$(curl",
            "# 2. Get the next page",
            "page_token_2=$(curl",
            "# 3. Send the request of the finding",
            "curl");
    assertThat(reproduced(200).path("manifest")).isEqualTo(page.json().path("manifest"));
  }

  @Test
  void aRequestThatHadAnotherResponseIsSentTwice() throws IOException, InterruptedException {
    AtomicInteger count = new AtomicInteger();
    HttpServer server = Services.server();
    server.createContext(
        "/",
        exchange ->
            Services.respond(
                exchange,
                200,
                "application/json",
                "{\"next_page\":\"abc\",\"page\":" + count.incrementAndGet() % 3 + "}"));
    server.start();
    try {
      URI baseUrl = Services.baseUrl(server);
      ApiRequest next = ApiRequest.get("/dicomMetadata/nextPage").with("next_page", "abc");
      client.send(baseUrl, ApiRequest.get("/dicomMetadata"), log);
      client.send(baseUrl, next, log);
      Exchange second = client.send(baseUrl, next, log);

      assertThat(curl())
          .contains(
              "page_token() { sed ",
              "; }\n# 1. Get the first page\npage_token_1=",
              "\n# 2. Send the request for the first time\ncurl -s -o /dev/null ",
              "\n# 3. Send the same request again: the response differs\ncurl -si ");
      assertThat(reproduced(200)).isEqualTo(second.json());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aCohortOfAnEarlierCheckIsSavedAgain() throws IOException, InterruptedException {
    Exchange saved = save();
    log = new RequestLog(Network.DEFAULT);
    log.recall(service.baseUrl(), saved);
    Exchange page = send(manifest(saved));

    assertThat(curl()).contains("cohort_id_1=$(curl -s -X POST");
    assertThat(reproduced(200).path("manifest")).isEqualTo(page.json().path("manifest"));
  }

  private static String cohort(String filters) {
    return "{\"name\":\"idc4j test\",\"description\":\"\",\"filters\":" + filters + "}";
  }
}
