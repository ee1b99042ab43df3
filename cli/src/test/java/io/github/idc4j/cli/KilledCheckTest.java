package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A check that is killed while a cohort of its own is saved leaves none behind. */
class KilledCheckTest {

  private static final String OLD =
      "{\"name\":\"idc4j check\",\"filters\":{\"Modality\":[\"CT\"]},"
          + "\"description\":\"made by a check that began at 2001-01-01T00:00:00Z\"}";
  private static final String ANOTHER =
      "{\"name\":\"mine\",\"filters\":{\"Modality\":[\"CT\"]},\"description\":\"to stay\"}";

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private ReferenceService service;
  private String token;

  @BeforeEach
  void start() throws IOException {
    service = ReferenceService.builder().start();
    token = service.issueToken("me@example.org");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpRequest signed =
        request
            .uri(URI.create(service.baseUrl() + "/cohorts"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .build();
    return JsonMapper.shared()
        .readTree(http.send(signed, HttpResponse.BodyHandlers.ofString()).body());
  }

  private List<String> names() throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder().GET()).path("cohorts").findValuesAsString("name");
  }

  /** Starts a slow check, and returns when it has saved a cohort. */
  private Process checkThatSaved() throws IOException, InterruptedException {
    Process check = check("--rate", "4");
    while (names().isEmpty()) {
      assertThat(check.isAlive()).as("the check still runs").isTrue();
    }
    return check;
  }

  private Process check(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(Main.class.getName(), "check"));
    arguments.addAll(List.of("--base-url", service.baseUrl().toString()));
    arguments.addAll(List.of("--rule", "cohorts.life", "--report", folder.toString()));
    arguments.addAll(List.of(more));
    return JavaProgram.start(Map.of("IDC4J_TOKEN", token), arguments.toArray(new String[0]));
  }

  @Test
  void aCheckThatIsToldToEndRemovesItsCohort() throws IOException, InterruptedException {
    Process check = checkThatSaved();
    check.destroy();

    assertThat(check.waitFor()).isNotZero();
    assertThat(names()).isEmpty();
  }

  @Test
  void whatAKilledCheckLeftIsRemovedByALaterOne() throws IOException, InterruptedException {
    send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(OLD)));
    send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(ANOTHER)));
    assertThat(names()).containsExactlyInAnyOrder("idc4j check", "mine");

    assertThat(check().waitFor()).isZero();

    assertThat(names()).containsExactly("mine");
  }
}
