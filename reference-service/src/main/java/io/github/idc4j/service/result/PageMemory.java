package io.github.idc4j.service.result;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory for the rows of a page that are being sent. Clients that read slowly, or not at all,
 * keep this memory in use. The more memory all pages together use, the fewer rows a new page reads
 * at once, which takes longer. Not safe for use by several threads.
 */
final class PageMemory {

  /** If all pages together use more than this, a new page reads {@link #FEW} rows at once. */
  static final long MUCH_BYTES = 64L << 20;

  /** If all pages together use more than this, a new page reads {@link #VERY_FEW} rows at once. */
  static final long TOO_MUCH_BYTES = 4 * MUCH_BYTES;

  private static final long FEW = 100;
  private static final long VERY_FEW = 10;

  private static final AtomicLong USED = new AtomicLong();

  private final long rowsAtOnce;
  private Optional<BlockMemory> blocks = Optional.empty();
  private long counted;

  /** Reads the rows {@code [from, to)}. */
  @FunctionalInterface
  interface Source {
    ByteBuffer read(long from, long to, BlockMemory memory) throws IOException, SQLException;
  }

  private PageMemory(long rowsAtOnce) {
    this.rowsAtOnce = rowsAtOnce;
  }

  static PageMemory take() {
    long used = USED.get();
    return new PageMemory(
        used <= MUCH_BYTES ? Long.MAX_VALUE : used <= TOO_MUCH_BYTES ? FEW : VERY_FEW);
  }

  /** Returns the bytes that all pages together use. */
  static long used() {
    return USED.get();
  }

  /** Reads rows into a buffer that the next call but one overwrites. */
  ByteBuffer read(Source source, long from, long to) throws IOException, SQLException {
    ByteBuffer rows;
    if (isUnlimited()) {
      if (blocks.isEmpty()) {
        blocks = Optional.of(BlockMemory.take());
      }
      rows = source.read(from, to, blocks.get());
    } else {
      rows = copy(source, from, to);
    }
    // The next rows are read while these are being sent.
    count(Math.max(counted, 2L * rows.capacity()));
    return rows;
  }

  private boolean isUnlimited() {
    return rowsAtOnce == Long.MAX_VALUE;
  }

  /** Copies the rows, because a block with many more rows would stay in memory otherwise. */
  private static ByteBuffer copy(Source source, long from, long to)
      throws IOException, SQLException {
    BlockMemory memory = BlockMemory.take();
    try {
      ByteBuffer rows = source.read(from, to, memory);
      return ByteBuffer.allocate(rows.remaining()).put(rows).flip();
    } finally {
      memory.giveBack();
    }
  }

  /** Returns the end of the rows {@code [from, to)} that can be read at once. */
  long end(long from, long to) {
    return isUnlimited() ? to : Math.min(to, from + rowsAtOnce);
  }

  private void count(long bytes) {
    USED.addAndGet(bytes - counted);
    counted = bytes;
  }

  /** Makes the memory available to other pages. The buffers become invalid. */
  void giveBack() {
    count(0);
    blocks.ifPresent(BlockMemory::giveBack);
    blocks = Optional.empty();
  }
}
