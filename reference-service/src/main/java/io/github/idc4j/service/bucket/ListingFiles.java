package io.github.idc4j.service.bucket;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Keeps the instances of series in files. Each file contains the sorted UUIDs of the instances, of
 * 16 bytes each, and their checksum. A file that a killed process left incomplete does not count,
 * and the next listing of the series completes it.
 */
final class ListingFiles {

  private static final int UUID_BYTES = 2 * Long.BYTES;

  /** Sorts UUIDs like their text. The order of {@link UUID#compareTo} is another one. */
  private static final Comparator<UUID> LIKE_TEXT =
      Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
          .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

  private final Path folder;

  ListingFiles(Path folder) {
    this.folder = folder;
  }

  /** Returns the file of a series. Subfolders keep the folders small. */
  private Path file(Series series) {
    String name = series.uuid().toString();
    return folder.resolve(series.bucket()).resolve(name.substring(0, 2)).resolve(name);
  }

  /**
   * Returns whether there is a file for the series. A file that is damaged, or has another number
   * of instances, does not count.
   */
  boolean contain(Series series) {
    Path file = file(series);
    long length = series.instanceCount() * UUID_BYTES;
    try {
      if (!Files.exists(file) || Files.size(file) != length + Long.BYTES) {
        return false;
      }
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      return bytes.getLong(bytes.limit() - Long.BYTES)
          == checksum(bytes.limit(bytes.limit() - Long.BYTES));
    } catch (IOException e) {
      return false;
    }
  }

  void write(Series series, List<UUID> instances) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(instances.size() * UUID_BYTES + Long.BYTES);
    instances.stream()
        .sorted(LIKE_TEXT)
        .forEach(
            uuid ->
                bytes
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits()));
    bytes.putLong(checksum(bytes.duplicate().flip()));
    bytes.flip();
    Path file = file(series);
    Files.createDirectories(file.getParent());
    // Other processes may write or read the file at the same time. They have the same bytes, so a
    // complete file stays complete while it is overwritten.
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.truncate(bytes.limit());
    }
  }

  private static long checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return checksum.getValue();
  }

  /** Returns the instances {@code [from, to)} of a series, sorted by UUID. */
  List<UUID> read(Series series, long from, long to) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact((to - from) * UUID_BYTES));
    try (SeekableByteChannel channel = FileChannel.open(file(series))) {
      channel.position(from * UUID_BYTES);
      while (bytes.hasRemaining()) {
        if (channel.read(bytes) < 0) {
          throw new EOFException(file(series) + " is too short");
        }
      }
    }
    bytes.flip();
    List<UUID> instances = new ArrayList<>();
    while (bytes.hasRemaining()) {
      instances.add(new UUID(bytes.getLong(), bytes.getLong()));
    }
    return instances;
  }
}
