package io.github.idc4j.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The recorded output on the start page is what the reference service returns. */
final class RecordedTest {

  private static final Path RECORDED = Path.of("src/main/recorded");
  private static final Pattern COMMAND =
      Pattern.compile(
          "curl '" + Samples.SERVER + "([^']+)'.* -d '([^']+)' \\|\\s+jq \\.manifest\\R",
          Pattern.DOTALL);

  @Test
  void isWhatTheServiceReturns() throws IOException, InterruptedException {
    Matcher command = COMMAND.matcher(Files.readString(RECORDED.resolve("manifest.sh")));
    assertThat(command.matches()).isTrue();
    try (ReferenceService service = ReferenceService.builder().start()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(service.baseUrl() + command.group(1)))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(command.group(2)))
              .build();
      String response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      JsonNode recorded =
          JsonMapper.shared().readTree(Files.readString(RECORDED.resolve("manifest.json")));
      assertThat(JsonMapper.shared().readTree(response).get("manifest")).isEqualTo(recorded);
      assertThat(recorded.get("rowsReturned").asInt()).isEqualTo(2);
    }
  }
}
