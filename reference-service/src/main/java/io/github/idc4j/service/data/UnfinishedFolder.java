package io.github.idc4j.service.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for files that are not complete yet. In each parent folder, only one process at a time
 * has an unfinished folder; other processes wait. If a process is killed, the next unfinished
 * folder in the same parent folder deletes what the process left behind.
 *
 * <p>Only one thread of a process may use the same parent folder at a time.
 */
public final class UnfinishedFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UnfinishedFolder.class);

  private static final String LOCK = ".lock";
  private static final String SUFFIX = ".unfinished";

  private final FileChannel lock;
  private final Path path;

  private UnfinishedFolder(FileChannel lock, Path path) {
    this.lock = lock;
    this.path = path;
  }

  /**
   * Creates an unfinished folder. Waits while another process has an unfinished folder in the same
   * parent folder, and logs that it waits.
   *
   * @param parent the parent folder, which is created if it does not exist
   * @throws IOException if the folder cannot be created, or if leftovers cannot be deleted
   */
  public static UnfinishedFolder in(Path parent) throws IOException {
    Files.createDirectories(parent);
    FileChannel lock =
        FileChannel.open(parent.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (lock.tryLock() == null) {
        LOG.info("Waiting for another process of idc4j, which is writing to {}.", parent);
        lock.lock();
      }
      deleteLeftovers(parent);
      return new UnfinishedFolder(lock, Files.createDirectory(parent.resolve("new" + SUFFIX)));
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static void deleteLeftovers(Path parent) throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      for (Path file : files.filter(found -> found.toString().endsWith(SUFFIX)).toList()) {
        delete(file);
      }
    }
  }

  /** Returns the path of this folder. */
  public Path path() {
    return path;
  }

  /** Deletes a folder and everything in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /**
   * Deletes this folder, unless it has been moved, and lets other processes continue.
   *
   * @throws IOException if the folder cannot be deleted
   */
  @Override
  public void close() throws IOException {
    // Closing the channel releases the lock.
    try (lock) {
      if (Files.exists(path)) {
        delete(path);
      }
    }
  }
}
