package io.github.idc4j.service.result;

import io.github.idc4j.service.engine.EngineRows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The rows of a query, in order. The engine provides the first pages, while the rows are written to
 * a file, which then provides all pages. Safe for use by several threads.
 */
public final class Result {

  /** Rows that are read from the engine at a time to be stored. */
  private static final long STORED_AT_ONCE = 100 * RowBlocks.ROWS;

  private final EngineRows engineRows;

  /** Rows are read under the read lock, a few at a time, and freed under the write lock. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private Optional<RowBlocks> blocks = Optional.empty();
  private boolean deleted;
  private volatile long bytes;

  /** Creates a result whose rows come from the engine. */
  public Result(EngineRows engineRows) {
    this.engineRows = engineRows;
  }

  /** Returns the number of rows. */
  public long count() {
    return engineRows.count();
  }

  /** Returns whether the rows are so few that storing them takes no longer than reading them. */
  public boolean isSmall() {
    return count() <= RowBlocks.ROWS;
  }

  /** Returns the length of the file in bytes; 0 before it is written. */
  public long bytes() {
    return bytes;
  }

  /**
   * Writes the rows {@code [from, to)} as JSON texts with commas between them.
   *
   * @throws IOException if {@code out} fails
   * @throws UncheckedIOException if the rows cannot be read, or were deleted
   */
  public void write(long from, long to, OutputStream out) throws IOException {
    long next;
    for (long row = from; row < to; row = next) {
      next = Math.min(to, (row / RowBlocks.ROWS + 1) * RowBlocks.ROWS);
      // No lock is held while a slow client takes its time.
      ByteBuffer rows = read(row, next);
      if (row > from) {
        out.write(',');
      }
      out.write(rows.array(), rows.arrayOffset() + rows.position(), rows.remaining());
    }
  }

  /** Reads rows of one block. */
  private ByteBuffer read(long from, long to) {
    lock.readLock().lock();
    try {
      if (deleted) {
        throw new IOException("The result was deleted");
      }
      return blocks.isPresent() ? blocks.get().read(from, to) : readFromEngine(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new UncheckedIOException(new IOException(e));
    } finally {
      lock.readLock().unlock();
    }
  }

  private ByteBuffer readFromEngine(long from, long to) throws IOException, SQLException {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    engineRows.read(
        from,
        to,
        json -> {
          if (rows.size() > 0) {
            rows.write(',');
          }
          rows.writeBytes(json);
        });
    return ByteBuffer.wrap(rows.toByteArray());
  }

  /**
   * Writes the rows to a file, and frees those of the engine. Leaves no file if the result is
   * deleted meanwhile.
   *
   * @throws IOException if the file cannot be written; the rows of the engine remain
   */
  public void store(Path file) throws IOException, SQLException {
    try (RowBlocks.Writer writer = new RowBlocks.Writer(file)) {
      long next;
      for (long row = 0; row < count(); row = next) {
        next = Math.min(count(), row + STORED_AT_ONCE);
        lock.readLock().lock();
        try {
          if (deleted) {
            return;
          }
          engineRows.read(row, next, writer::add);
        } finally {
          lock.readLock().unlock();
        }
      }
      lock.writeLock().lock();
      try {
        if (deleted) {
          return;
        }
        RowBlocks finished = writer.finish();
        blocks = Optional.of(finished);
        bytes = finished.bytes();
        engineRows.drop();
      } finally {
        lock.writeLock().unlock();
      }
    }
  }

  /** Deletes the rows. */
  public void delete() throws IOException, SQLException {
    lock.writeLock().lock();
    try {
      if (deleted) {
        return;
      }
      deleted = true;
      if (blocks.isPresent()) {
        blocks.get().close();
      } else {
        engineRows.drop();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
