package io.github.idc4j.openapi.gate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks whether a change to the spec comes with the required version and changelog entry. A check
 * that fails returns an error message. A check that passes returns an empty {@link Optional}.
 */
final class Gate {

  private static final String VERSION = "`info.version` in openapi/src/main/openapi/idc-v1.yaml";
  private static final String CHANGELOG = "openapi/CHANGELOG.md";

  private Gate() {}

  /** Returns an error message if a breaking change does not raise the major version. */
  static Optional<String> objection(Comparison comparison) {
    if (comparison.verdict() != Verdict.BREAKING || isVersionEnough(comparison)) {
      return Optional.empty();
    }
    String changes =
        comparison.findings(Verdict.BREAKING).stream()
            .map(
                finding ->
                    "- %s\n  at %s\n  because %s (%s)"
                        .formatted(
                            finding.sentence(),
                            finding.places(),
                            finding.reason(),
                            finding.judge()))
            .collect(Collectors.joining("\n"));
    return Optional.of(
        """
        The document breaks programs that keep to the released version %s:

        %s

        The places are JSON pointers into the bundled document.
        Undo the change, or raise the major version: %s must begin with %d.
        """
            .formatted(
                comparison.oldVersion(), changes, VERSION, comparison.oldVersion().major() + 1));
  }

  private static boolean isVersionEnough(Comparison comparison) {
    return comparison.newVersion().isEnoughAfter(comparison.oldVersion(), comparison.verdict());
  }

  /** Returns an error message if a change is not editorial and has no changelog entry. */
  static Optional<String> objection(Comparison comparison, Changelog changelog) {
    if (comparison.verdict() == Verdict.EDITORIAL || changelog.hasUnreleasedEntry()) {
      return Optional.empty();
    }
    return Optional.of(
        """
        The document is not as released in version %s, but the section Unreleased of %s has no
        entry. Say there what changed, in your own words; what the gate found:

        %s
        """
            .formatted(comparison.oldVersion(), CHANGELOG, sentences(comparison.findings())));
  }

  /**
   * Returns an error message for a release of the spec if the version has no section in the
   * changelog, or if the version is not raised enough for the changes.
   *
   * @param same whether the old and the new document have the same fingerprint
   */
  static Optional<String> objectionToRelease(
      Comparison comparison, boolean same, Changelog changelog) {
    Version released = comparison.oldVersion();
    Version version = comparison.newVersion();
    if (!changelog.has(version)) {
      return Optional.of(CHANGELOG + " has no section for version " + version + ".");
    } else if (same || (version.equals(released) && changelog.fingerprint(version).isEmpty())) {
      return Optional.empty();
    } else if (comparison.verdict() == Verdict.BREAKING) {
      return objection(comparison);
    }
    return isVersionEnough(comparison)
        ? Optional.empty()
        : Optional.of(
            """
            Version %s is released and cannot change, and %s is not enough after it. Raise %s:
            its third number for words, its minor version for more, its major one for a breaking change.
            """
                .formatted(released, version, VERSION));
  }

  /**
   * Returns an error message for a release of the project if the spec in the project is not the
   * released one.
   *
   * @param version the version of the released spec
   * @param same whether the released spec and the spec in the project have the same fingerprint
   */
  static Optional<String> objectionToShip(Version version, boolean same, Changelog changelog) {
    return same && changelog.isReleased(version)
        ? Optional.empty()
        : Optional.of(
            """
            The document is not the one that is released as version %s. Release it first: set
            %s,
            head its section of %s with its version and day, then
            mvn test -pl openapi/gate -am -Dgate.renew=release
            """
                .formatted(version, VERSION, CHANGELOG));
  }

  /** Returns a list of all changes in Markdown. */
  static String changes(Comparison comparison) {
    StringBuilder text =
        new StringBuilder("# Changes since version " + comparison.oldVersion() + "\n");
    if (comparison.verdict() == Verdict.EDITORIAL) {
      text.append("\nNone but words, examples or order.\n");
    }
    section(text, "Breaking", comparison.findings(Verdict.BREAKING));
    section(text, "Compatible", comparison.findings(Verdict.COMPATIBLE));
    return text.toString();
  }

  private static void section(StringBuilder text, String title, List<Finding> findings) {
    if (!findings.isEmpty()) {
      text.append("\n## ").append(title).append("\n\n").append(sentences(findings)).append("\n");
    }
  }

  private static String sentences(List<Finding> findings) {
    return findings.stream()
        .map(finding -> "- " + finding.sentence())
        .collect(Collectors.joining("\n"));
  }
}
