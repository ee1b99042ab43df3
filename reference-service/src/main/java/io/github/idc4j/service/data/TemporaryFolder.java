package io.github.idc4j.service.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for temporary files, in the temporary folder of Java. If a process is killed, the next
 * process of the same user that creates a temporary folder deletes what the killed process left.
 * Leftovers are recognized by their locks, which the operating system releases.
 */
public final class TemporaryFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);

  private static final String PREFIX = "idc4j-";
  private static final String LOCK = ".lock";

  /** DuckDB unpacks a library of this size, and results need space too. */
  private static final long MIN_MEGABYTES = 200;

  /**
   * The folders of this process. They must not be probed, because closing a file can release all
   * locks of the process on this file.
   */
  private static final Set<Path> OWN = new HashSet<>();

  private final Path path;
  private final FileChannel lock;

  private TemporaryFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates a folder, and deletes leftovers.
   *
   * @param purpose a part of the name of the folder
   * @throws IOException if the folder cannot be created, or if there is not enough free space
   */
  public static TemporaryFolder create(String purpose) throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      long megabytes = Files.getFileStore(parent).getUsableSpace() >> 20;
      if (megabytes < MIN_MEGABYTES) {
        throw new IOException("%,d MB are free".formatted(megabytes));
      }
      return create(parent, purpose);
    } catch (IOException e) {
      throw new IOException(
          "The temporary folder %s cannot be used (%s). It must be writable and have %,d MB of free space. To use another folder, set the Java option -Djava.io.tmpdir."
              .formatted(parent, e.getMessage(), MIN_MEGABYTES),
          e);
    }
  }

  private static TemporaryFolder create(Path parent, String purpose) throws IOException {
    synchronized (OWN) {
      try (FileChannel all = openLock(parent);
          FileLock exclusive = all.lock()) {
        LOG.debug("Deleting leftovers in {} with {}", parent, exclusive);
        deleteLeftovers(parent);
        Path path = Files.createTempDirectory(parent, PREFIX + purpose + "-");
        FileChannel lock = open(path.resolve(LOCK));
        lock.lock();
        OWN.add(path);
        return new TemporaryFolder(path, lock);
      }
    }
  }

  /**
   * Opens the lock of the parent, which excludes other processes. They would delete a folder before
   * it is locked, or while this process deletes it.
   */
  private static FileChannel openLock(Path parent) throws IOException {
    return open(parent.resolve(PREFIX + System.getProperty("user.name") + LOCK));
  }

  private static FileChannel open(Path lock) throws IOException {
    // Other users can create links in the folder.
    return FileChannel.open(
        lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  private static void deleteLeftovers(Path parent) throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      for (Path file : files.filter(TemporaryFolder::mayBeLeftover).toList()) {
        try (FileChannel lock = open(file.resolve(LOCK))) {
          if (lock.tryLock() != null) {
            UnfinishedFolder.delete(file);
          }
        } catch (IOException e) {
          LOG.debug("{} cannot be deleted", file, e);
        }
      }
    }
  }

  private static boolean mayBeLeftover(Path file) {
    return file.getFileName().toString().startsWith(PREFIX)
        && !OWN.contains(file)
        && Files.isWritable(file.resolve(LOCK));
  }

  /** Returns the path of this folder. */
  public Path path() {
    return path;
  }

  /**
   * Deletes this folder with everything in it.
   *
   * @throws IOException if the folder cannot be deleted
   */
  @Override
  public void close() throws IOException {
    synchronized (OWN) {
      OWN.remove(path);
      if (Files.exists(path)) {
        delete();
      } else {
        lock.close();
      }
    }
  }

  private void delete() throws IOException {
    try (FileChannel all = openLock(path.getParent());
        FileLock exclusive = all.lock()) {
      LOG.debug("Deleting {} with {}", path, exclusive);
      // Closing the channel releases the lock. Some systems cannot delete a file that is open.
      lock.close();
      UnfinishedFolder.delete(path);
    }
  }
}
