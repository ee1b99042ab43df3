package io.github.idc4j.service.result;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * Memory outside the Java heap for two blocks of a page, so that one can be read while the other is
 * sent. From there, the operating system sends them without another copy. Later pages reuse the
 * memory, which then is in the processor's cache. Not safe for use by several threads.
 */
final class BlockMemory {

  private static final int MAX_FREE = 16;

  private static final BlockingDeque<BlockMemory> FREE = new LinkedBlockingDeque<>(MAX_FREE);

  private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
  private ByteBuffer compressed = ByteBuffer.allocateDirect(0);
  private ByteBuffer block = ByteBuffer.allocateDirect(0);
  private ByteBuffer previous = ByteBuffer.allocateDirect(0);

  private BlockMemory() {}

  static BlockMemory take() {
    BlockMemory free = FREE.pollFirst();
    return free == null ? new BlockMemory() : free;
  }

  /** Makes the memory available to other pages. The caller must not use it any more. */
  void giveBack() {
    if (!FREE.offerFirst(this)) {
      zstd.close();
    }
  }

  /**
   * Reads a block from a file.
   *
   * @return a buffer that the next call but one overwrites
   * @throws DamagedFileException if the file is incomplete or has changed
   */
  ByteBuffer read(BlockFile file, long offset, BlockIndex.Entry entry) throws IOException {
    compressed = empty(compressed, entry.fileBytes());
    ByteBuffer next = empty(previous, entry.bytes());
    previous = block;
    block = next;
    file.read(offset, compressed);
    if (BlockIndex.checksum(compressed.flip()) != entry.checksum()) {
      throw new DamagedFileException(file.path() + " is damaged: a block has changed");
    }
    zstd.decompressDirectByteBuffer(block, 0, entry.bytes(), compressed, 0, entry.fileBytes());
    return block;
  }

  private static ByteBuffer empty(ByteBuffer buffer, int length) {
    ByteBuffer enough =
        buffer.capacity() >= length ? buffer : ByteBuffer.allocateDirect(length + length / 4);
    return enough.clear().limit(length);
  }
}
