package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sends a request for each operation to a service with the operations of July 2025. */
class ReducedServiceTest {

  @TempDir static Path home;

  private static ReferenceService service;
  private static String token;

  @BeforeAll
  static void start() throws IOException {
    service =
        ReferenceService.builder()
            .reduced(true)
            .dataFolder(home)
            .sampleSize(new SampleSize(Map.of("nlst", 3), 50))
            .start();
    token = service.issueToken("alice@example.org");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/about,200",
    "GET,/versions,200",
    "GET,/collections,200",
    "GET,/analysis_results,200",
    "GET,/attributes,200",
    // An error of the operation shows that the operation exists.
    "POST,/cohorts/manifest/preview,400",
    "GET,/cohorts/manifest/nextPage,400",
    "POST,/cohorts/query/preview,400",
    "GET,/cohorts/query/nextPage,400",
    "GET,/cohorts,404",
    "POST,/cohorts,404",
    "DELETE,/cohorts,404",
    "DELETE,/cohorts/1,404",
    "GET,/cohorts/manifest/1,404",
    "POST,/cohorts/query/1,404",
    "GET,/dicomMetadata,404",
    "GET,/dicomMetadata/nextPage,404",
    "GET,/users/account_details,404",
  })
  void hasNineOperations(String method, String path, int status) {
    String body = method.equals("POST") ? "{}" : null;

    assertThat(
            Http.send(method, service.baseUrl() + path, "application/json", body, token)
                .statusCode())
        .isEqualTo(status);
  }
}
