package io.github.idc4j.cli.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Prevents two exports from writing to the same file at the same time. The operating system
 * releases the lock of a process that is killed.
 */
final class OutputLock implements AutoCloseable {

  /** Far behind the contents, because Windows denies reading the locked bytes. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final Path path;
  private final FileChannel channel;

  private OutputLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Locks a file that an export writes.
   *
   * @throws IllegalArgumentException if another export has locked the file
   */
  static OutputLock acquire(Path file) throws IOException {
    Path path = file.resolveSibling(file.getFileName() + ".lock");
    OutputLock lock =
        new OutputLock(
            path, FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    if (!lock.isOurs()) {
      lock.channel.close();
      throw new IllegalArgumentException(
          "Another command is writing to %s. Wait until it ends, or choose another file."
              .formatted(file));
    }
    return lock;
  }

  private boolean isOurs() throws IOException {
    try {
      if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
        return false;
      }
    } catch (OverlappingFileLockException e) {
      return false;
    }
    // The previous owner may have deleted the file after this channel was opened.
    String owner = UUID.randomUUID().toString();
    channel.truncate(0).write(UTF_8.encode(owner));
    try {
      return Files.readString(path).equals(owner);
    } catch (NoSuchFileException deleted) {
      return false;
    }
  }

  /** Deletes the lock file and releases the lock. */
  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(path);
    }
  }
}
