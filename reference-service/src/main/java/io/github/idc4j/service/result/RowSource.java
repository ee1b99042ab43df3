package io.github.idc4j.service.result;

import io.github.idc4j.service.engine.EngineRows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The rows of a result: in the engine and, after they have been stored, in blocks. Safe for use by
 * several threads.
 */
final class RowSource {

  /** The number of rows that are read at once from an engine that keeps the rows. */
  private static final long KEPT_AT_ONCE = 2 * RowBlocks.ROWS;

  private final EngineRows engine;

  /** Those who read rows hold the read lock, {@link #use} the write lock. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private Optional<RowBlocks> blocks = Optional.empty();

  /** Stands for the engine of stored rows. */
  private record NoRows(long count) implements EngineRows {
    @Override
    public boolean isKept() {
      return false;
    }

    @Override
    public void read(long from, long to, Consumer consumer) {
      throw new IllegalStateException("The rows are stored");
    }

    @Override
    public void close() {}
  }

  RowSource(EngineRows engine) {
    this.engine = engine;
  }

  RowSource(RowBlocks blocks) {
    this.engine = new NoRows(blocks.count());
    this.blocks = Optional.of(blocks);
  }

  /** Returns the rows in the engine. */
  EngineRows engine() {
    return engine;
  }

  /** Reads all rows from these blocks from now on. */
  void use(RowBlocks stored) {
    lock.writeLock().lock();
    try {
      blocks = Optional.of(stored);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Returns the end of the first rows of {@code [from, to)} that can be read at once. */
  long next(long from, long to) {
    return Math.min(
        to, engine.isKept() ? from + KEPT_AT_ONCE : (from / RowBlocks.ROWS + 1) * RowBlocks.ROWS);
  }

  /**
   * Reads the rows {@code [from, to)}, with a comma before each row. Stored rows must be in one
   * block.
   *
   * @throws DamagedFileException if the file of the blocks is incomplete or has changed
   */
  ByteBuffer read(long from, long to, BlockMemory memory) throws IOException, SQLException {
    if (from == to) {
      return ByteBuffer.allocate(0);
    }
    lock.readLock().lock();
    try {
      return blocks.isPresent() ? blocks.get().read(from, to, memory) : readFromEngine(from, to);
    } finally {
      lock.readLock().unlock();
    }
  }

  private ByteBuffer readFromEngine(long from, long to) throws IOException, SQLException {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    engine.read(
        from,
        to,
        json -> {
          rows.write(',');
          rows.writeBytes(json);
        });
    return ByteBuffer.wrap(rows.toByteArray());
  }

  /**
   * Returns the length of the rows {@code [from, to)} with their commas, in bytes; empty if they
   * would have to be read to know this.
   */
  OptionalLong bytes(long from, long to) {
    return blocks().map(stored -> stored.bytes(from, to)).orElse(OptionalLong.empty());
  }

  /** Returns the path of the file with the blocks, if there is one. */
  Optional<Path> path() {
    return blocks().flatMap(RowBlocks::path);
  }

  private Optional<RowBlocks> blocks() {
    lock.readLock().lock();
    try {
      return blocks;
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Frees the rows. No thread may read them afterwards.
   *
   * @param delete whether to delete the file with the blocks
   */
  void free(boolean delete) throws IOException, SQLException {
    Optional<RowBlocks> stored = blocks();
    if (stored.isEmpty()) {
      engine.close();
    } else if (delete) {
      stored.get().delete();
    } else {
      stored.get().close();
    }
  }
}
