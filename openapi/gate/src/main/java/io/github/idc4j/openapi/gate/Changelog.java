package io.github.idc4j.openapi.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The changelog of the document: a section a version, headed by {@code ## <version>, <date>}, the
 * newest first. A released one begins with the fingerprint of its document.
 */
record Changelog(List<String> lines) {

  private static final String HEADING = "## ";
  private static final String UNRELEASED = HEADING + "Unreleased";
  private static final String FINGERPRINT = "`info.x-sha256`: ";

  /** Returns whether there is an entry under {@code Unreleased}. */
  boolean tellsOfUnreleased() {
    return section(UNRELEASED).stream().anyMatch(line -> line.startsWith("- "));
  }

  boolean has(Version version) {
    return heading(version).isPresent();
  }

  boolean isReleased(Version version) {
    return heading(version).filter(line -> !line.endsWith(", not released")).isPresent();
  }

  /** Returns whether a version is the newest. */
  boolean beginsWith(Version version) {
    return lines.stream()
        .filter(line -> line.startsWith(HEADING) && !line.equals(UNRELEASED))
        .findFirst()
        .equals(heading(version));
  }

  /** Returns the fingerprint of the document that was released as a version. */
  Optional<String> fingerprint(Version version) {
    return heading(version).stream()
        .flatMap(heading -> section(heading).stream())
        .filter(line -> line.startsWith(FINGERPRINT))
        .map(line -> line.substring(FINGERPRINT.length()))
        .findFirst();
  }

  /** Returns the same with the fingerprint of a version that is released, where it has none. */
  Changelog withFingerprint(Version version, String fingerprint) {
    if (!isReleased(version) || fingerprint(version).isPresent()) {
      return this;
    }
    List<String> longer = new ArrayList<>(lines);
    longer.addAll(
        lines.indexOf(heading(version).orElseThrow()) + 1, List.of("", FINGERPRINT + fingerprint));
    return new Changelog(longer);
  }

  private Optional<String> heading(Version version) {
    return lines.stream().filter(line -> line.startsWith(HEADING + version + ",")).findFirst();
  }

  private List<String> section(String heading) {
    return lines.stream()
        .dropWhile(line -> !line.equals(heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith(HEADING))
        .toList();
  }
}
