package io.github.idc4j.openapi.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.idc4j.openapi.IdcOpenApi;
import io.github.idc4j.openapi.bundler.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The gate: the bundled document against the last released one.
 *
 * <p>To make the bundled document the released one: {@code mvn test -pl openapi/gate -am
 * -Dgate.renew=release}.
 */
class GateTest {

  private static final Path RELEASED = Path.of("released", "idc-v1.json");
  private static final Path CHANGELOG = Path.of("..", "CHANGELOG.md");
  private static final Path CHANGES = Path.of("target", "spec-changes.md");

  private static ObjectNode released;
  private static Comparison comparison;
  private static Changelog changelog;

  @BeforeAll
  static void compare() throws IOException {
    changelog = new Changelog(Files.readAllLines(CHANGELOG));
    read();
    if ("release".equals(System.getProperty("gate.renew"))) {
      stopAt(Gate.objectionToRelease(comparison, isSame(), changelog));
      try (InputStream bundled = IdcOpenApi.specJson().openStream()) {
        Files.copy(bundled, RELEASED, StandardCopyOption.REPLACE_EXISTING);
      }
      changelog = changelog.withFingerprint(comparison.newVersion(), IdcOpenApi.sha256());
      Files.write(CHANGELOG, changelog.lines());
      read();
    }
    Files.writeString(CHANGES, Gate.changes(comparison));
  }

  private static void read() {
    released = (ObjectNode) JsonMapper.shared().readTree(RELEASED.toFile());
    comparison = Comparison.of(released, Bundled.DOCUMENT);
  }

  private static boolean isSame() {
    return Fingerprint.of(released).equals(IdcOpenApi.sha256());
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
  void theReleasedDocumentIsTheNewestOfTheChangelog() {
    assertThat(changelog.beginsWith(comparison.oldVersion()))
        .as("%s is of the newest version in %s", RELEASED, CHANGELOG)
        .isTrue();
  }

  @Test
  void theReleasedDocumentIsAsItWasReleased() {
    String fingerprint = Fingerprint.of(released);

    assertThat(released.at("/info/x-sha256").asString())
        .as("%s was edited by hand; see README.md", RELEASED)
        .isEqualTo(fingerprint);
    if (changelog.isReleased(comparison.oldVersion())) {
      assertThat(changelog.fingerprint(comparison.oldVersion()))
          .as("the fingerprint in %s; see README.md", CHANGELOG)
          .hasValue(fingerprint);
    }
  }

  /** For {@code ./release}: its results must contain the released spec. */
  @Test
  @EnabledIfSystemProperty(named = "gate.released", matches = "true")
  void theDocumentIsTheReleasedOne() {
    stopAt(Gate.objectionToShip(comparison.oldVersion(), isSame(), changelog));
  }
}
