package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests jumps of the clock, for example when the time of the host is corrected. */
class ClockJumpsTest {

  @TempDir static Path home;

  private final MovableClock clock = new MovableClock();
  private ReferenceService service;

  @BeforeEach
  void start() throws IOException {
    service =
        ReferenceService.builder()
            .dataFolder(home)
            .sampleSize(new SampleSize(Map.of("nlst", 3), 50))
            .unfinishedWaits(1)
            .clock(clock)
            .start();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private HttpResponse<String> get(String target, String bearer) {
    return Http.send("GET", service.baseUrl() + target, null, null, bearer);
  }

  private JsonNode page(String target, int status) {
    HttpResponse<String> response = get(target, null);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JsonMapper.shared().readTree(response.body());
  }

  private static String next(JsonNode page) {
    JsonNode found = page.has("query_info") ? page.get("query_info") : page;
    return "/dicomMetadata/nextPage?page_size=20&next_page=" + found.get("next_page").asString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "-PT1H", "PT23H", "-P400D"})
  void aWalkContinuesAfterAJump(Duration jump) {
    JsonNode pending = page("/dicomMetadata?page_size=20", 202);
    clock.advance(jump);
    JsonNode second = page(next(page(next(pending), 200)), 200);
    clock.advance(jump.negated());
    JsonNode last = page(next(second), 200);

    assertThat(last.get("query_results").get("rowsReturned").asInt()).isEqualTo(10);
    assertThat(last.get("next_page").asString()).isEmpty();
  }

  @Test
  void aResultThatExpiredByAJumpIsGoneAndANewWalkBegins() {
    String next = next(page("/dicomMetadata?page_size=20", 202));
    page(next, 200);
    clock.advance(Duration.ofHours(25));

    assertThat(page(next, 400).get("message").asString()).contains("is gone");
    page(next(page("/dicomMetadata?page_size=20", 202)), 200);
  }

  @Test
  void anIdTokenIsValidAfterAJumpBackAndExpiresAfterAJumpForward() {
    String token = service.issueToken("alice@example.org");
    assertThat(get("/cohorts", token).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofHours(-1));
    assertThat(get("/cohorts", token).statusCode()).isEqualTo(200);

    clock.advance(Duration.ofHours(2));
    HttpResponse<String> expired = get("/cohorts", token);

    assertThat(expired.statusCode()).isEqualTo(401);
    assertThat(expired.body()).containsIgnoringCase("expired");
    assertThat(get("/cohorts", service.issueToken("alice@example.org")).statusCode())
        .isEqualTo(200);
  }
}
