package io.github.idc4j.site;

import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the built site in Chromium, from disk: the tests in {@code src/test/browser}. */
@Tag("slow")
final class BrowserTest {

  /** Series with unusual modalities and body parts, which programs must quote. */
  private static final String UNUSUAL_SERIES =
      """
      SELECT 'nlst' AS collection_id, 'p' || i % 2 AS "PatientID", '1.' || i AS "StudyInstanceUID",
        '1.' || i || '.1' AS "SeriesInstanceUID", '1.' || i || '.1.1' AS "SOPInstanceUID",
        ['CT', 'M R', 'O''T', 'a,b', '-x', '@x'][1 + i % 6] AS "Modality",
        [NULL, 'it''s "so"', '50%', '50% or more', '$HOME', 'H\\ÜFTE', '`x`', ' a ', 'a, b', ''][1 + i % 10]
          AS "BodyPartExamined",
        make_date(2000 + i % 3, 2, 1) AS "StudyDate"
      FROM range(60) AS rows(i)
      """;

  private static final String REQUIRED = "browser.required";

  @TempDir private static Path folder;

  @TempDir private static Path home;

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
    try (ReferenceService service = ReferenceService.builder().cors(true).start();
        ReferenceService unusual = unusual()) {
      String token = service.issueToken("reader@example.org");
      saveCohort(service, token);
      Programs.run(
          Programs.NODE_FOLDER,
          Map.of(
              "CHROMIUM", chromium.orElseThrow(),
              "SITE", Path.of("target/site").toUri().toString(),
              "SERVICE", service.baseUrl().toString(),
              "UNUSUAL_SERVICE", unusual.baseUrl().toString(),
              "JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "CLASSPATH", System.getProperty("java.class.path"),
              "TOKEN", token),
          List.of("node", "--test", "--test-concurrency=2"));
    }
  }

  /** Starts a service whose data consist of {@link #UNUSUAL_SERIES}. */
  private static ReferenceService unusual() throws IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      copy(statement, UNUSUAL_SERIES, "dicom_pivot");
      copy(
          statement,
          "SELECT 25 AS idc_version, DATE '2026-09-26' AS version_timestamp",
          "version_metadata_index");
    } catch (SQLException e) {
      throw new IOException("The data with unusual values cannot be written", e);
    }
    return ReferenceService.builder().data(folder).dataFolder(home).start();
  }

  private static void copy(Statement statement, String rows, String table) throws SQLException {
    statement.execute(
        "COPY (%s) TO '%s' (FORMAT parquet)".formatted(rows, folder.resolve(table + ".parquet")));
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
