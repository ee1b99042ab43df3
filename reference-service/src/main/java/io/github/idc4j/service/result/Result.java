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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The rows of a query, in order. The engine provides the first pages while the rows are written to
 * a file, which then provides all pages. Safe for use by several threads.
 */
public final class Result {

  /** How many rows are read from the engine at a time to be stored. Pages wait meanwhile. */
  private static final long STORED_AT_ONCE = 10 * RowBlocks.ROWS;

  private final EngineRows engineRows;

  /**
   * Rows are read under the read lock, one block at a time. Their source changes under the other.
   */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private Optional<RowBlocks> blocks = Optional.empty();
  private volatile long bytes;
  private volatile boolean stored;

  // Guarded by this.
  private int readers;
  private boolean deleted;

  /** Creates a result whose rows come from the engine. */
  public Result(EngineRows engineRows) {
    this.engineRows = engineRows;
    this.stored = engineRows.isData();
  }

  /** Returns the number of rows. */
  public long count() {
    return engineRows.count();
  }

  /** Returns whether the rows are so few that storing them takes no longer than reading them. */
  public boolean isSmall() {
    return count() <= RowBlocks.ROWS;
  }

  /** Returns whether {@link #store} has finished, or is not needed. */
  public boolean isStored() {
    return stored;
  }

  /** Returns the length of the file in bytes; 0 if there is no file. */
  public long bytes() {
    return bytes;
  }

  /**
   * Returns a reader; empty if the result was deleted. The rows are not freed before it is closed.
   */
  public synchronized Optional<Reader> open() {
    if (deleted) {
      return Optional.empty();
    }
    readers++;
    return Optional.of(new Reader());
  }

  /** Reads the rows of a result, any number of times. Safe for use by several threads. */
  public final class Reader implements AutoCloseable {

    private final AtomicBoolean closed = new AtomicBoolean();

    private Reader() {}

    /** Returns the number of rows. */
    public long count() {
      return Result.this.count();
    }

    /**
     * Writes the rows {@code [from, to)} as JSON texts with commas between them.
     *
     * @throws IOException if {@code out} fails
     * @throws UncheckedIOException if the rows cannot be read
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

    @Override
    public void close() throws IOException, SQLException {
      if (!closed.getAndSet(true) && isLastOfDeleted()) {
        free();
      }
    }
  }

  private synchronized boolean isLastOfDeleted() {
    readers--;
    return deleted && readers == 0;
  }

  /** Reads rows of one block. */
  private ByteBuffer read(long from, long to) {
    lock.readLock().lock();
    try {
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
   * Writes the rows to a file, and frees the rows of the engine. Leaves no file if the result is
   * deleted meanwhile.
   *
   * @throws IOException if the file cannot be written; the rows of the engine remain
   */
  public void store(Path file) throws IOException, SQLException {
    Optional<Reader> pin = open();
    if (pin.isEmpty()) {
      return;
    }
    try (Reader reader = pin.get();
        RowBlocks.Writer writer = new RowBlocks.Writer(file)) {
      long next;
      for (long row = 0; row < reader.count() && !isDeleted(); row = next) {
        next = Math.min(reader.count(), row + STORED_AT_ONCE);
        engineRows.read(row, next, writer::add);
      }
      if (!isDeleted()) {
        use(writer.finish());
      }
    }
  }

  private synchronized boolean isDeleted() {
    return deleted;
  }

  private void use(RowBlocks finished) throws SQLException {
    lock.writeLock().lock();
    try {
      blocks = Optional.of(finished);
    } finally {
      lock.writeLock().unlock();
    }
    bytes = finished.bytes();
    stored = true;
    engineRows.close();
  }

  /** Deletes the rows as soon as no reader is open. */
  public void delete() throws IOException, SQLException {
    boolean free;
    synchronized (this) {
      free = !deleted && readers == 0;
      deleted = true;
    }
    if (free) {
      free();
    }
  }

  /** Called once, after the last reader. */
  private void free() throws IOException, SQLException {
    if (blocks.isPresent()) {
      blocks.get().close();
    } else {
      engineRows.close();
    }
  }
}
