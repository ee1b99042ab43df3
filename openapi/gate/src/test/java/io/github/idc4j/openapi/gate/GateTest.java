package io.github.idc4j.openapi.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.idc4j.openapi.IdcOpenApi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * The gate: the bundled document against the last released one.
 *
 * <p>To make the bundled document the released one: {@code mvn test -pl openapi/gate -am
 * -Dgate.renew=release}.
 */
class GateTest {

  private static final Path RELEASED = Path.of("released", "idc-v1.json");
  private static final Path CHANGES = Path.of("target", "spec-changes.md");

  private static Comparison comparison;
  private static Changelog changelog;

  @BeforeAll
  static void compare() throws IOException {
    changelog = new Changelog(Files.readAllLines(Path.of("..", "CHANGELOG.md")));
    comparison = comparison();
    if ("release".equals(System.getProperty("gate.renew"))) {
      stopAt(Gate.objectionToRelease(comparison, changelog));
      try (InputStream bundled = IdcOpenApi.specJson().openStream()) {
        Files.copy(bundled, RELEASED, StandardCopyOption.REPLACE_EXISTING);
      }
      comparison = comparison();
    }
    Files.writeString(CHANGES, Gate.changes(comparison));
  }

  private static Comparison comparison() throws IOException {
    return Comparison.of(JsonMapper.shared().readTree(RELEASED.toFile()), Bundled.DOCUMENT);
  }

  private static void stopAt(Optional<String> objection) {
    objection.ifPresent(text -> fail(text));
  }

  @Test
  void noProgramBreaksWithoutANewMajorVersion() {
    stopAt(Gate.objection(comparison));
  }

  @Test
  void theChangelogTellsOfEachChange() {
    stopAt(Gate.objection(comparison, changelog));
  }

  @Test
  void theChangelogHasASectionForTheReleasedVersion() {
    assertThat(changelog.has(comparison.oldVersion())).isTrue();
  }
}
