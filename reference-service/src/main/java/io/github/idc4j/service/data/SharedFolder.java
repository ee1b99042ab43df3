package io.github.idc4j.service.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Creates folders that all processes share. A folder appears only when its content is complete.
 * While one process creates a folder, other processes that need the folder wait.
 */
final class SharedFolder {

  private static final String LOCK = ".lock";

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
    Files.createDirectories(folder.getParent());
    // The file lock excludes other processes. The monitor excludes other threads of this process.
    synchronized (SharedFolder.class) {
      try (FileChannel channel =
          FileChannel.open(
              folder.resolveSibling(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        // Closing the channel releases the lock.
        channel.lock();
        if (!Files.isDirectory(folder)) {
          createLocked(folder, content);
        }
      }
    }
    return folder;
  }

  private static void createLocked(Path folder, Content content) throws IOException, SQLException {
    Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
    if (Files.exists(unfinished)) {
      // The process that began to create this folder was killed.
      delete(unfinished);
    }
    Files.createDirectory(unfinished);
    try {
      content.write(unfinished);
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | SQLException | RuntimeException e) {
      delete(unfinished);
      throw e;
    }
  }

  /** Deletes a folder and everything in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
