package io.github.idc4j.cli.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
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

  /** Stays open, because closing any channel of a file releases the locks of the process on it. */
  private final FileChannel reader;

  private OutputLock(Path path, FileChannel channel, FileChannel reader) {
    this.path = path;
    this.channel = channel;
    this.reader = reader;
  }

  /**
   * Locks a file that an export writes.
   *
   * @throws IllegalArgumentException if another export has locked the file
   */
  static OutputLock acquire(Path file) throws IOException {
    Path path = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel)) {
      Optional<FileChannel> reader = sameFile(path, channel);
      if (reader.isPresent()) {
        return new OutputLock(path, channel, reader.get());
      }
    }
    channel.close();
    throw new IllegalArgumentException(
        "Another command is writing to %s. Wait until it ends, or choose another file."
            .formatted(file));
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /**
   * Returns another channel of the locked file; empty if the path no longer names this file. The
   * previous owner may have deleted it after it was opened here.
   */
  private static Optional<FileChannel> sameFile(Path path, FileChannel channel) throws IOException {
    byte[] owner = UUID.randomUUID().toString().getBytes(US_ASCII);
    channel.truncate(0).write(ByteBuffer.wrap(owner));
    FileChannel reader;
    try {
      reader = FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException deleted) {
      return Optional.empty();
    }
    ByteBuffer found = ByteBuffer.allocate(owner.length);
    reader.read(found);
    if (Arrays.equals(found.array(), owner)) {
      return Optional.of(reader);
    }
    reader.close();
    return Optional.empty();
  }

  /** Deletes the lock file and releases the lock. */
  @Override
  public void close() throws IOException {
    try (channel;
        reader) {
      Files.deleteIfExists(path);
    }
  }
}
