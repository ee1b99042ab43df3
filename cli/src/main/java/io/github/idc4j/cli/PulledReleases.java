package io.github.idc4j.cli;

import io.github.idc4j.service.data.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The wheels of the Python package {@code idc-index-data} that {@code data pull} downloaded. */
final class PulledReleases {

  private static final String FOLDER = "idc";

  /**
   * The values of {@code --data} that stand for a downloaded wheel: {@code idc}, or {@code idc:N}
   * for release N.
   */
  private static final Pattern NAME = Pattern.compile("idc(?::(\\d{1,6}))?");

  private static final Pattern WHEEL =
      Pattern.compile("idc_index_data-(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})[^-]*-.*\\.whl");

  private PulledReleases() {}

  static Path folder() throws IOException {
    return DataFolder.standard().resolve(FOLDER);
  }

  /**
   * Returns the newest wheel in a folder; empty if the folder has no matching wheel.
   *
   * @param release the release of the wheel; if empty, the newest release
   */
  static Optional<Path> newest(Path folder, Optional<Integer> release) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> WHEEL.matcher(file.getFileName().toString()).matches())
          .filter(file -> release.isEmpty() || part(file, 1) == release.get())
          .max(
              Comparator.comparingInt((Path file) -> part(file, 1))
                  .thenComparingInt(file -> part(file, 2))
                  .thenComparingInt(file -> part(file, 3)));
    }
  }

  private static int part(Path file, int number) {
    Matcher version = WHEEL.matcher(file.getFileName().toString());
    return version.matches() ? Integer.parseInt(version.group(number)) : 0;
  }

  /**
   * Replaces {@code idc} with the newest downloaded wheel, and {@code idc:N} with the newest
   * downloaded wheel of release N. If a file or folder has this name, leaves the path unchanged.
   */
  static Path[] resolve(List<Path> paths) throws UserException {
    List<Path> resolved = new ArrayList<>();
    for (Path path : paths) {
      Matcher name = NAME.matcher(path.toString());
      resolved.add(
          name.matches() && !Files.exists(path)
              ? wheel(Optional.ofNullable(name.group(1)).map(Integer::valueOf))
              : path);
    }
    return resolved.toArray(Path[]::new);
  }

  private static Path wheel(Optional<Integer> release) throws UserException {
    try {
      return newest(folder(), release)
          .orElseThrow(
              () ->
                  new UserException(
                      Main.WRONG_USAGE,
                      release.map(number -> "IDC release " + number).orElse("no IDC release")
                          + (release.isPresent()
                              ? " has not been downloaded."
                              : " has been downloaded.")
                          + " Run "
                          + Launcher.command("data pull")
                          + release.map(number -> " --release " + number).orElse("")
                          + ", or specify the path of a wheel."));
    } catch (IOException e) {
      throw new UserException(
          Main.OWN_FAULT,
          "cannot read the data folder: "
              + FileFailures.reason(e)
              + ". Set IDC4J_HOME to another folder.");
    }
  }
}
