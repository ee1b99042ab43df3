package io.github.idc4j.openapi.gate;

import java.util.List;

/** The changelog of the document: a section a version, headed by {@code ## <version>, <date>}. */
record Changelog(List<String> lines) {

  private static final String HEADING = "## ";

  /** Returns whether there is an entry under {@code Unreleased}. */
  boolean tellsOfUnreleased() {
    return lines.stream()
        .dropWhile(line -> !line.equals(HEADING + "Unreleased"))
        .skip(1)
        .takeWhile(line -> !line.startsWith(HEADING))
        .anyMatch(line -> line.startsWith("- "));
  }

  boolean has(String version) {
    return lines.stream().anyMatch(line -> line.startsWith(HEADING + version + ","));
  }

  boolean isReleased(String version) {
    return has(version) && !lines.contains(HEADING + version + ", not released");
  }
}
