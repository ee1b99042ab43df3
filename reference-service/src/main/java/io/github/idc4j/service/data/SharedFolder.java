package io.github.idc4j.service.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;

/**
 * Creates folders that all processes share. A folder appears only when its content is complete.
 * While one process creates a folder, other processes that need the folder wait.
 */
final class SharedFolder {

  private SharedFolder() {}

  /** Writes the content of a new folder. */
  @FunctionalInterface
  interface Content {
    void write(Path folder) throws IOException, SQLException;
  }

  /** Returns the folder. If the folder does not exist, creates it with the given content. */
  static Path create(Path folder, Content content) throws IOException, SQLException {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    // The unfinished folder excludes other processes. The monitor excludes other threads of this
    // process.
    synchronized (SharedFolder.class) {
      try (UnfinishedFolder unfinished = UnfinishedFolder.in(folder.getParent())) {
        if (!Files.isDirectory(folder)) {
          content.write(unfinished.path());
          Files.move(unfinished.path(), folder, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
    return folder;
  }
}
