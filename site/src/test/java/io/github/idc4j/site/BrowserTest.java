package io.github.idc4j.site;

import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Opens the built site in Chromium, from disk: the tests in {@code src/test/browser}. */
final class BrowserTest {

  private static final String REQUIRED = "browser.required";

  private static Optional<String> chromium() {
    return Optional.ofNullable(System.getenv("CHROMIUM"))
        .or(
            () ->
                List.of("/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser")
                    .stream()
                    .filter(path -> Files.isExecutable(Path.of(path)))
                    .findFirst());
  }

  @Test
  void theSiteWorksInABrowser() throws IOException, InterruptedException {
    Optional<String> chromium = chromium();
    Programs.need(
        chromium.isPresent() && Programs.nodeIsThere(),
        REQUIRED,
        "the site in a browser: it needs Node 20 or newer with npm, and Chromium in /usr/bin or at"
            + " $CHROMIUM");
    try (ReferenceService service = ReferenceService.builder().cors(true).start()) {
      String token = service.issueToken("reader@example.org");
      saveCohort(service, token);
      Programs.run(
          Programs.NODE_FOLDER,
          Map.of(
              "CHROMIUM", chromium.orElseThrow(),
              "SITE", Path.of("target/site").toUri().toString(),
              "SERVICE", service.baseUrl().toString(),
              "JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "CLASSPATH", System.getProperty("java.class.path"),
              "TOKEN", token),
          List.of("node", "--test", "--test-concurrency=2"));
    }
  }

  /** The reference's examples speak of cohort 1. */
  private static void saveCohort(ReferenceService service, String token) throws IOException {
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl(service.baseUrl().toString())
            .credentials(Credentials.of(token))
            .build()) {
      client.createCohort(CohortDefinition.of("lung", Attributes.COLLECTION_ID.anyOf("tcga_luad")));
    }
  }
}
