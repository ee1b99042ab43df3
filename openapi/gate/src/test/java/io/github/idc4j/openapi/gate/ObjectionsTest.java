package io.github.idc4j.openapi.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a change must bring along: a major version, an entry of the changelog, a version. */
class ObjectionsTest {

  private static final Finding BREAKING =
      new Finding(
          Verdict.BREAKING,
          List.of("GET /about"),
          "the response's property `message` is gone",
          List.of("/components/schemas/About/properties/message"),
          "programs that look for it find nothing",
          "openapi-diff");
  private static final Finding COMPATIBLE =
      new Finding(
          Verdict.COMPATIBLE,
          List.of("GET /about"),
          "the operation is deprecated",
          List.of("/x"),
          "",
          "");

  private static Comparison change(String oldVersion, String newVersion, Finding... findings) {
    return new Comparison(Version.of(oldVersion), Version.of(newVersion), List.of(findings));
  }

  private static Changelog changelog(String... lines) {
    return new Changelog(List.of(lines));
  }

  @Test
  void aBreakingChangeIsToldWhatWhereWhyAndWhatToDo() {
    assertThat(Gate.objection(change("1.2.0", "1.3.0", BREAKING, COMPATIBLE)))
        .contains(
            """
            The document breaks programs that keep to the released version 1.2.0:

            - `GET /about`: the response's property `message` is gone.
              at `/components/schemas/About/properties/message`
              because programs that look for it find nothing (openapi-diff)

            The places are JSON pointers into the bundled document.
            Undo the change, or raise the major version: `info.version` in openapi/src/main/openapi/idc-v1.yaml must begin with 2.
            """);
  }

  @Test
  void aBreakingChangeMayRaiseTheMajorVersion() {
    assertThat(Gate.objection(change("1.2.0", "2.0.0", BREAKING))).isEmpty();
    assertThat(Gate.objection(change("9.0.0", "10.0.0", BREAKING))).isEmpty();
  }

  @Test
  void otherChangesNeedNoMajorVersion() {
    assertThat(Gate.objection(change("1.2.0", "1.2.0", COMPATIBLE))).isEmpty();
    assertThat(Gate.objection(change("1.2.0", "1.2.0"))).isEmpty();
  }

  @Test
  void aChangeNeedsAnEntryUnderUnreleased() {
    Changelog without =
        changelog("# Changelog", "## Unreleased", "", "## 1.0.0, 2027-01-01", "- All.");
    Changelog with =
        changelog("# Changelog", "## Unreleased", "", "- Deprecated.", "## 1.0.0, 2027-01-01");

    assertThat(Gate.objection(change("1.0.0", "1.0.0", COMPATIBLE), without))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("openapi/CHANGELOG.md")
                    .contains("- `GET /about`: the operation is deprecated."));
    assertThat(Gate.objection(change("1.0.0", "2.0.0", BREAKING), without)).isPresent();
    assertThat(Gate.objection(change("1.0.0", "1.0.0", COMPATIBLE), with)).isEmpty();
  }

  @Test
  void anEditorialChangeNeedsNoEntry() {
    assertThat(Gate.objection(change("1.0.0", "1.0.0"), changelog())).isEmpty();
  }

  private static Optional<String> objectionToRelease(Comparison change, Changelog changelog) {
    return Gate.objectionToRelease(change, false, changelog);
  }

  @Test
  void aReleasedVersionCannotChangeNotEvenItsWords() {
    Changelog released = changelog("## 1.0.0, 2027-01-01", "", "`info.x-sha256`: 0123");

    assertThat(objectionToRelease(change("1.0.0", "1.0.0", COMPATIBLE), released))
        .hasValueSatisfying(text -> assertThat(text).contains("Raise `info.version`"));
    assertThat(objectionToRelease(change("1.0.0", "1.0.0"), released)).isPresent();
    assertThat(Gate.objectionToRelease(change("1.0.0", "1.0.0"), true, released)).isEmpty();
  }

  @Test
  void aVersionThatIsNotReleasedYetMayChangeInAnyWay() {
    Changelog unreleased = changelog("## 1.0.0, not released");

    assertThat(objectionToRelease(change("1.0.0", "1.0.0", COMPATIBLE), unreleased)).isEmpty();
    assertThat(objectionToRelease(change("1.0.0", "1.0.0", BREAKING), unreleased)).isEmpty();
  }

  @Test
  void theFirstReleaseHasItsDateBeforeItsFingerprint() {
    Changelog dated = changelog("## 1.0.0, 2027-01-01");

    assertThat(objectionToRelease(change("1.0.0", "1.0.0", BREAKING), dated)).isEmpty();
  }

  @Test
  void aReleaseNeedsItsVersionAndItsSection() {
    Changelog all =
        changelog("## 2.0.0, 2027-03-01", "## 1.1.0, 2027-02-01", "## 1.0.1, 2027-01-02");

    assertThat(objectionToRelease(change("1.0.0", "1.2.0", COMPATIBLE), all))
        .isEqualTo(Optional.of("openapi/CHANGELOG.md has no section for version 1.2.0."));
    assertThat(objectionToRelease(change("1.0.0", "1.1.0", BREAKING), all))
        .hasValueSatisfying(text -> assertThat(text).contains("must begin with 2"));
    assertThat(objectionToRelease(change("1.0.0", "2.0.0", BREAKING), all)).isEmpty();
    assertThat(objectionToRelease(change("1.0.0", "1.1.0", COMPATIBLE), all)).isEmpty();
    assertThat(objectionToRelease(change("1.0.0", "2.0.0", COMPATIBLE), all)).isEmpty();
    assertThat(objectionToRelease(change("1.0.0", "1.0.1"), all)).isEmpty();
  }

  @Test
  void moreThanWordsNeedsAMinorVersion() {
    Changelog changelog = changelog("## 1.0.1, 2027-01-02", "## 1.0.0, 2027-01-01");

    assertThat(objectionToRelease(change("1.0.0", "1.0.1", COMPATIBLE), changelog))
        .hasValueSatisfying(text -> assertThat(text).contains("1.0.1 is not enough"));
  }

  @Test
  void aVersionIsNeverLowered() {
    Changelog changelog = changelog("## 1.9.0, 2027-01-02", "## 1.10.0, 2027-01-01");

    assertThat(objectionToRelease(change("1.10.0", "1.9.0"), changelog)).isPresent();
    assertThat(objectionToRelease(change("1.10.0", "1.9.0", COMPATIBLE), changelog)).isPresent();
    assertThat(objectionToRelease(change("2.0.0", "1.9.0", COMPATIBLE), changelog)).isPresent();
  }

  @Test
  void aVersionIsThreeNumbers() {
    assertThatThrownBy(() -> Version.of("1.0"))
        .hasMessage("`info.version` must be three numbers, such as 1.2.0, but is \"1.0\"");
    assertThat(Version.of("10.2.33")).hasToString("10.2.33");
  }

  @Test
  void onlyTheReleasedDocumentIsShipped() {
    Version version = Version.of("1.0.0");
    Changelog released = changelog("## 1.0.0, 2027-01-01");

    assertThat(Gate.objectionToShip(version, true, released)).isEmpty();
    assertThat(Gate.objectionToShip(version, false, released))
        .hasValueSatisfying(text -> assertThat(text).contains("-Dgate.renew=release"));
    assertThat(Gate.objectionToShip(version, true, changelog("## 1.0.0, not released")))
        .isPresent();
  }

  @Test
  void theChangelogKeepsTheFingerprintOfAReleasedVersion() {
    Version version = Version.of("1.0.0");
    Changelog before = changelog("## Unreleased", "", "## 1.0.0, 2027-01-01", "", "- All.");
    Changelog after = before.withFingerprint(version, "0af3");

    assertThat(after.lines())
        .containsExactly(
            "## Unreleased", "", "## 1.0.0, 2027-01-01", "", "`info.x-sha256`: 0af3", "", "- All.");
    assertThat(after.fingerprint(version)).hasValue("0af3");
    assertThat(after.withFingerprint(version, "ffff")).isEqualTo(after);
    Changelog unreleased = changelog("## 1.0.0, not released");
    assertThat(unreleased.withFingerprint(version, "0af3")).isEqualTo(unreleased);
  }

  @Test
  void theNewestVersionComesFirst() {
    Changelog changelog =
        changelog("## Unreleased", "## 1.1.0, 2027-02-01", "## 1.0.0, 2027-01-01");

    assertThat(changelog.beginsWith(Version.of("1.1.0"))).isTrue();
    assertThat(changelog.beginsWith(Version.of("1.0.0"))).isFalse();
    assertThat(changelog.beginsWith(Version.of("1.2.0"))).isFalse();
  }

  @Test
  void aChangeIsToldToPeople() {
    assertThat(Gate.changes(change("1.0.0", "2.0.0", BREAKING, COMPATIBLE)))
        .isEqualTo(
            """
            # Changes since version 1.0.0

            ## Breaking

            - `GET /about`: the response's property `message` is gone.

            ## Compatible

            - `GET /about`: the operation is deprecated.
            """);
    assertThat(Gate.changes(change("1.0.0", "1.0.1"))).contains("None but words");
  }
}
