package io.github.idc4j.service.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that is created once, completely or not at all, and used by all processes. */
final class SharedFolder {

  private SharedFolder() {}

  /** Fills a new folder. */
  @FunctionalInterface
  interface Content {
    void write(Path folder) throws IOException, SQLException;
  }

  /** Returns the folder; creates it with the content if it does not exist. */
  static Path create(Path folder, Content content) throws IOException, SQLException {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Path home = folder.getParent();
    Files.createDirectories(home);
    Path unfinished = Files.createTempDirectory(home, "unfinished-");
    try {
      content.write(unfinished);
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | SQLException | RuntimeException e) {
      delete(unfinished);
      // Another process may have been faster; its content is the same.
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
    return folder;
  }

  /** Deletes a folder with all that it contains. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
