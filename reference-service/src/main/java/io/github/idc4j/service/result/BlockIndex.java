package io.github.idc4j.service.result;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The end of a kept file: the sizes of its blocks and the number of rows, with a checksum. The
 * blocks have checksums of their own.
 */
final class BlockIndex {

  /** The text {@code idc4j 01}. */
  private static final long FORMAT = 0x6964_6334_6a20_3031L;

  private static final int ENTRY_BYTES = 3 * Integer.BYTES;

  /** The number of rows, the number of blocks, the checksum, and the format. */
  private static final int TRAILER_BYTES = 3 * Long.BYTES + Integer.BYTES;

  /**
   * The sizes of a block, in bytes.
   *
   * @param file the size in the file
   * @param rows the size of its rows
   * @param block the size of the block without compression
   */
  record Sizes(int file, int rows, int block) {}

  /** The content of an index. */
  record Content(List<Sizes> blocks, long rows) {}

  private BlockIndex() {}

  static byte[] write(Content content) {
    int entries = content.blocks().size() * ENTRY_BYTES;
    ByteBuffer index = ByteBuffer.allocate(entries + TRAILER_BYTES);
    for (Sizes sizes : content.blocks()) {
      index.putInt(sizes.file()).putInt(sizes.rows()).putInt(sizes.block());
    }
    index.putLong(content.rows()).putInt(content.blocks().size());
    index.putLong(checksum(index.duplicate().flip())).putLong(FORMAT);
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
    long checksum = trailer.getLong();
    if (trailer.getLong() != FORMAT || count < 0 || count > Integer.MAX_VALUE / ENTRY_BYTES - 2) {
      throw damaged(file);
    }
    int length = count * ENTRY_BYTES + TRAILER_BYTES;
    ByteBuffer index = bytes(file, file.bytes() - length, length);
    if (checksum(index.slice(0, length - 2 * Long.BYTES)) != checksum) {
      throw damaged(file);
    }
    List<Sizes> blocks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      blocks.add(new Sizes(index.getInt(), index.getInt(), index.getInt()));
    }
    if (blocks.stream().mapToLong(Sizes::file).sum() != file.bytes() - length) {
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

  private static long checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return checksum.getValue();
  }

  private static DamagedFileException damaged(BlockFile file) {
    return new DamagedFileException(file.path() + " is incomplete, or has changed");
  }
}
