package io.github.idc4j.service.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A file with the keys that several services share, or that a service keeps after a restart. The
 * file contains the {@link Keys} and their checksum.
 */
public final class KeyFile {

  /** The number of bytes in a file. The checksum has eight bytes. */
  static final int BYTES = Keys.BYTES + Long.BYTES;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private KeyFile() {}

  /**
   * Reads the keys in a file. If the file does not exist or is empty, first writes new keys to it,
   * with permissions for the owner only. If several services do this at the same time, all of them
   * get the same keys.
   *
   * @throws KeyFileException if the file cannot be read or created, has a wrong size, does not
   *     match its checksum, or if other users have permissions for it
   */
  public static Keys open(Path file) throws KeyFileException {
    try {
      if (!Files.exists(file) || Files.size(file) == 0) {
        create(file);
      }
      return read(file);
    } catch (KeyFileException e) {
      throw e;
    } catch (AccessDeniedException e) {
      throw new KeyFileException(
          "This user cannot read or create the key file " + file + ". Check its permissions.", e);
    } catch (NoSuchFileException e) {
      throw new KeyFileException(
          "Cannot create the key file " + file + ", because its folder does not exist.", e);
    } catch (IOException e) {
      throw new KeyFileException("Cannot use the key file " + file + ": " + e.getMessage(), e);
    }
  }

  /** Synchronized, because a file lock excludes only other processes. */
  private static synchronized void create(Path file) throws IOException {
    FileAttribute<?>[] attributes =
        hasPermissions(file.toAbsolutePath().getParent())
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
            : new FileAttribute<?>[0];
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, attributes)) {
      // Closing the channel releases the lock.
      channel.lock();
      if (channel.size() == 0) {
        write(channel, withChecksum(Keys.random().toBytes()));
      }
    }
  }

  private static ByteBuffer withChecksum(ByteBuffer keys) {
    return ByteBuffer.allocate(BYTES).put(keys.duplicate()).putLong(checksum(keys)).flip();
  }

  private static long checksum(ByteBuffer keys) {
    CRC32C checksum = new CRC32C();
    checksum.update(keys);
    return checksum.getValue();
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      channel.truncate(0);
      throw e;
    }
  }

  private static Keys read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new KeyFileException(
          "The key file "
              + file
              + " is not a regular file. Use a path at which no file exists; the service creates it.",
          null);
    }
    if (hasPermissions(file)
        && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
      throw new KeyFileException(
          "Other users have permissions for the key file "
              + file
              + ". With its keys, they could create valid tokens. Run: chmod 600 "
              + file,
          null);
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    if (bytes.limit() != BYTES) {
      throw unusable(file, "has " + bytes.limit() + " bytes instead of " + BYTES, null);
    }
    ByteBuffer keys = bytes.slice(0, Keys.BYTES);
    if (bytes.getLong(Keys.BYTES) != checksum(keys.duplicate())) {
      throw unusable(file, "does not match its checksum, so it has been changed or damaged", null);
    }
    try {
      return Keys.of(keys);
    } catch (IllegalArgumentException e) {
      throw unusable(file, "contains invalid keys", e);
    }
  }

  private static KeyFileException unusable(Path file, String why, Exception cause) {
    return new KeyFileException(
        "The key file "
            + file
            + " "
            + why
            + ". If this is the right path, restore the file from a copy, or from a service that"
            + " shares it. Without a copy, delete the file: the service then creates new keys, and"
            + " tokens issued before are invalid.",
        cause);
  }

  private static boolean hasPermissions(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }
}
