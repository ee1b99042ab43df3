package io.github.idc4j.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.report.Reports;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.ConformanceRun;
import io.github.idc4j.conformance.run.Status;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Runs the conformance suite against a service whose queries run in BigQuery's emulator. */
class ConformanceTest {

  private static final String FIRST = "first@example.org";

  private static String token(ReferenceService service, String settings)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(service.tokenUrl())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(settings))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    return JsonMapper.shared().readTree(response.body()).get("id_token").asString();
  }

  @Test
  void everyCheckPasses() throws IOException, InterruptedException {
    Emulator emulator = Emulator.shared();
    try (ReferenceService service =
        ReferenceService.builder()
            .dataFolder(emulator.home())
            .sampleSize(Emulator.SAMPLE)
            .slowAddress(2)
            .bigQuery(emulator.settings())
            .start()) {
      ConformanceResult result =
          ConformanceRun.builder()
              .baseUrl(service.baseUrl())
              .acceptedBaseUrl(service.slowBaseUrl())
              .token(token(service, "{\"email\":\"" + FIRST + "\"}"))
              .secondToken(token(service, "{\"email\":\"second@example.org\"}"))
              .expiredToken(token(service, "{\"email\":\"" + FIRST + "\",\"expires_in\":-60}"))
              .unknownUserToken(
                  token(service, "{\"email\":\"stranger@example.org\",\"register\":false}"))
              .tokenWithoutEmail(token(service, "{\"expires_in\":3600}"))
              .reporter(Reports.folder(Path.of("target", "conformance")))
              .build()
              .run();

      assertThat(result.outcomes())
          .filteredOn(outcome -> outcome.status() != Status.PASS)
          .as("%d checks passed", result.count(Status.PASS))
          .isEmpty();
      assertThat(result.count(Status.PASS)).isGreaterThan(100);
      assertThat(result.exitCode()).isZero();
    }
  }
}
