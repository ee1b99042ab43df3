package io.github.idc4j.openapi.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The changelog of the spec. Each version has a section with the heading {@code ## <version>,
 * <date>}. The latest version comes first, below the section {@code ## Unreleased}. The section of
 * a released version begins with the fingerprint of the OpenAPI document in that version.
 */
record Changelog(List<String> lines) {

  private static final String HEADING = "## ";
  private static final String UNRELEASED = HEADING + "Unreleased";
  private static final String FINGERPRINT = "`info.x-sha256`: ";

  /** Returns whether the section {@code Unreleased} has an entry. */
  boolean hasUnreleasedEntry() {
    return section(UNRELEASED).stream().anyMatch(line -> line.startsWith("- "));
  }

  boolean has(Version version) {
    return heading(version).isPresent();
  }

  boolean isReleased(Version version) {
    return heading(version).filter(line -> !line.endsWith(", not released")).isPresent();
  }

  /** Returns whether {@code version} is the latest version in the changelog. */
  boolean beginsWith(Version version) {
    return lines.stream()
        .filter(line -> line.startsWith(HEADING) && !line.equals(UNRELEASED))
        .findFirst()
        .equals(heading(version));
  }

  /**
   * Returns the fingerprint in the section of a version; empty if the section has no fingerprint.
   */
  Optional<String> fingerprint(Version version) {
    return heading(version).stream()
        .flatMap(heading -> section(heading).stream())
        .filter(line -> line.startsWith(FINGERPRINT))
        .map(line -> line.substring(FINGERPRINT.length()))
        .findFirst();
  }

  /**
   * Adds a fingerprint to the section of a version, and returns the new changelog. If the version
   * is not released, or its section already has a fingerprint, returns this changelog unchanged.
   */
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
