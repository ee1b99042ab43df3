package io.github.idc4j.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.openapi.IdcOpenApi;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service in another language and with other data needs only its URL. */
@Tag("slow")
class ForeignServiceTest {

  @TempDir Path folder;

  private static Optional<String> python() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(path -> Path.of(path, "python3"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private Process start() throws IOException {
    copy(IdcOpenApi.attributes(), "attributes.csv");
    copy(IdcOpenApi.manifestColumns(), "manifest-columns.csv");
    return new ProcessBuilder(python().orElseThrow(), "src/test/python/stub.py", folder.toString())
        .redirectError(folder.resolve("errors").toFile())
        .start();
  }

  /** The service shares only the names of the contract with the suite. */
  private void copy(URL table, String name) throws IOException {
    try (InputStream in = table.openStream()) {
      Files.copy(in, folder.resolve(name));
    }
  }

  @Test
  void aUrlIsEnough() throws IOException {
    assumeTrue(
        python().isPresent() || System.getenv("CI") != null,
        "without python3 the service in another language is not checked");
    Process service = start();
    try (BufferedReader out = service.inputReader(StandardCharsets.UTF_8)) {
      URI baseUrl = URI.create(out.readLine());
      ConformanceResult result = Services.run(baseUrl, Map.of()).allowWrites(false).build().run();

      assertThat(result.outcomes())
          .filteredOn(outcome -> outcome.status() != Status.PASS && outcome.status() != Status.SKIP)
          .extracting(outcome -> outcome.title() + ": " + outcome.message())
          .isEmpty();
      assertThat(result.count(Status.PASS)).isGreaterThan(190);
      assertThat(result.covered())
          .containsExactlyInAnyOrder(
              "getAbout",
              "listVersions",
              "listCollections",
              "listAnalysisResults",
              "listAttributes",
              "previewManifest",
              "getNextManifestPage",
              "previewQuery",
              "getNextQueryPage",
              "getDicomMetadata",
              "getNextDicomMetadataPage");
      assertThat(result.exitCode()).isZero();
    } finally {
      service.destroy();
    }
    assertThat(folder.resolve("errors")).isEmptyFile();
  }
}
