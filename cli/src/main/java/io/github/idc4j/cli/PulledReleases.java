package io.github.idc4j.cli;

import io.github.idc4j.service.data.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The wheels of the Python package {@code idc-index-data} that {@code data pull} downloaded. */
final class PulledReleases {

  /** What {@code --data} calls the newest of them. */
  static final String NAME = "idc";

  private static final Pattern WHEEL =
      Pattern.compile("idc_index_data-(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})-.*\\.whl");

  private PulledReleases() {}

  static Path folder() throws IOException {
    return DataFolder.standard().resolve(NAME);
  }

  /** Returns the wheel of the newest release, or the newest wheel of a release. */
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
   * Returns the path, or the newest wheel if the path is {@value #NAME} and no such file exists.
   */
  static Path resolve(Path path) throws UserException {
    if (!path.toString().equals(NAME) || Files.exists(path)) {
      return path;
    }
    try {
      return newest(folder(), Optional.empty())
          .orElseThrow(
              () ->
                  new UserException(
                      Main.WRONG_USAGE,
                      "no IDC release is downloaded. Run ./idc4j data pull, or name a file with"
                          + " --data."));
    } catch (IOException e) {
      throw new UserException(
          Main.OWN_FAULT, "cannot read the data folder: " + e.getMessage() + ". Set IDC4J_HOME.");
    }
  }
}
