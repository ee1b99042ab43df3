package io.github.idc4j.service.result;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The end of a kept file: the sizes and checksums of its blocks and the number of rows, with a
 * checksum of its own.
 */
final class BlockIndex {

  /** The text {@code idc4j 01}. */
  private static final long FORMAT = 0x6964_6334_6a20_3031L;

  private static final int ENTRY_BYTES = 4 * Integer.BYTES;

  /** The checksum and the format. */
  private static final int END_BYTES = Integer.BYTES + Long.BYTES;

  /** The number of rows, the number of blocks, the checksum, and the format. */
  private static final int TRAILER_BYTES = Long.BYTES + Integer.BYTES + END_BYTES;

  /**
   * A block.
   *
   * @param fileBytes the size in the file
   * @param rowBytes the size of its rows
   * @param bytes the size without compression
   * @param checksum the checksum of its bytes in the file, which takes less time than that of its
   *     rows
   */
  record Entry(int fileBytes, int rowBytes, int bytes, int checksum) {}

  /** The content of an index. */
  record Content(List<Entry> blocks, long rows) {}

  private BlockIndex() {}

  static byte[] write(Content content) {
    int entries = content.blocks().size() * ENTRY_BYTES;
    ByteBuffer index = ByteBuffer.allocate(entries + TRAILER_BYTES);
    for (Entry block : content.blocks()) {
      index
          .putInt(block.fileBytes())
          .putInt(block.rowBytes())
          .putInt(block.bytes())
          .putInt(block.checksum());
    }
    index.putLong(content.rows()).putInt(content.blocks().size());
    index.putInt(checksum(index.duplicate().flip())).putLong(FORMAT);
    return index.array();
  }

  /**
   * Reads the index of a file.
   *
   * @throws DamagedFileException if the file is incomplete, or its index or length has changed
   */
  static Content read(BlockFile file) throws IOException {
    ByteBuffer trailer = bytes(file, file.bytes() - TRAILER_BYTES, TRAILER_BYTES);
    long rows = trailer.getLong();
    int count = trailer.getInt();
    int checksum = trailer.getInt();
    if (trailer.getLong() != FORMAT || count < 0 || count > Integer.MAX_VALUE / ENTRY_BYTES - 2) {
      throw damaged(file);
    }
    int length = count * ENTRY_BYTES + TRAILER_BYTES;
    ByteBuffer index = bytes(file, file.bytes() - length, length);
    if (checksum(index.slice(0, length - END_BYTES)) != checksum) {
      throw damaged(file);
    }
    List<Entry> blocks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      blocks.add(new Entry(index.getInt(), index.getInt(), index.getInt(), index.getInt()));
    }
    if (blocks.stream().mapToLong(Entry::fileBytes).sum() != file.bytes() - length) {
      throw damaged(file);
    }
    return new Content(blocks, rows);
  }

  private static ByteBuffer bytes(BlockFile file, long offset, int length) throws IOException {
    if (offset < 0) {
      throw damaged(file);
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    file.read(offset, bytes);
    return bytes.flip();
  }

  /** Returns the checksum of the bytes from the position of a buffer to its limit. */
  static int checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.duplicate());
    return (int) checksum.getValue();
  }

  private static DamagedFileException damaged(BlockFile file) {
    return new DamagedFileException(file.path() + " is incomplete, or has changed");
  }
}
