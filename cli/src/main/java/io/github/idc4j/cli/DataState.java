package io.github.idc4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** Identifies the content of files, so that an export does not resume with other data. */
final class DataState {

  private DataState() {}

  /** Returns a text that changes when a file in the paths changes; empty without paths. */
  static String of(Path... paths) throws UserException {
    if (paths.length == 0) {
      return "";
    }
    int state = 0;
    for (Path path : paths) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
          state = Objects.hash(state, Files.size(file), Files.getLastModifiedTime(file));
        }
      } catch (IOException e) {
        throw new UserException(
            Main.OWN_FAULT, "cannot read the data: " + FileFailures.reason(e) + ".");
      }
    }
    return " (state %08x)".formatted(state);
  }
}
