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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The rows of a query, in order. Until {@link #store} has finished, pages are read from the engine.
 * After that, pages are read from the stored rows. Safe for use by several threads.
 */
public final class Result {

  /**
   * The number of rows that {@link #store} reads from the engine at once. Requests for pages may
   * have to wait for the end of such a read.
   */
  private static final long STORED_AT_ONCE = 10 * RowBlocks.ROWS;

  private final EngineRows engineRows;

  /**
   * A reader holds the read lock while it reads rows of a block. {@link #use} holds the write lock
   * while it switches from the engine to the stored rows.
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
    this.bytes = engineRows.bytes();
    this.stored = engineRows.isData();
  }

  /** Returns the number of rows. */
  public long count() {
    return engineRows.count();
  }

  /** Returns whether the result has so few rows that storing them takes no longer than a read. */
  public boolean isSmall() {
    return count() <= RowBlocks.ROWS;
  }

  /**
   * Returns whether {@link #store} has finished, or is not needed because all pages can be read
   * from the engine.
   */
  public boolean isStored() {
    return stored;
  }

  /** Returns the bytes that the result uses: in its file or, if it needs no file, in the engine. */
  public long bytes() {
    return bytes;
  }

  /**
   * Returns a reader; empty if the result was deleted. The rows stay available until the reader is
   * closed, even if the result is deleted in the meantime.
   */
  public synchronized Optional<Reader> open() {
    if (deleted) {
      return Optional.empty();
    }
    readers++;
    return Optional.of(new Reader());
  }

  /** Reads rows of a result, any number of times. Safe for use by several threads. */
  public final class Reader implements AutoCloseable {

    private final AtomicBoolean closed = new AtomicBoolean();

    private Reader() {}

    /** Returns the number of rows. */
    public long count() {
      return Result.this.count();
    }

    /**
     * Makes rows available to {@link #write}. See {@link EngineRows#prepare} for the returned value
     * and the failures.
     */
    public CompletableFuture<Long> prepare(long from, long to) throws SQLException {
      return engineRows.prepare(from, to);
    }

    /**
     * Writes the rows {@code [from, to)} as JSON objects, separated by commas. The rows must have
     * been prepared.
     *
     * @throws IOException if {@code out} fails
     * @throws UncheckedIOException if the rows cannot be read
     */
    public void write(long from, long to, OutputStream out) throws IOException {
      RowBlocks.Memory memory = new RowBlocks.Memory();
      long next;
      for (long row = from; row < to; row = next) {
        next = Math.min(to, (row / RowBlocks.ROWS + 1) * RowBlocks.ROWS);
        // Write without holding the lock, because the client may be slow.
        ByteBuffer rows = read(row, next, memory);
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

  /** Reads the rows {@code [from, to)}, which must be in one block. */
  private ByteBuffer read(long from, long to, RowBlocks.Memory memory) {
    lock.readLock().lock();
    try {
      return blocks.isPresent() ? blocks.get().read(from, to, memory) : readFromEngine(from, to);
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
   * Stores the rows in a file, or in memory if they are few. Then frees the rows in the engine. If
   * the result is deleted in the meantime, no file remains.
   *
   * @throws IOException if the file cannot be written; the rows in the engine remain available
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

  /** Deletes the result. If readers are open, its rows are freed when the last reader is closed. */
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

  /** Frees the rows. Called once, when the result is deleted and no reader is open. */
  private void free() throws IOException, SQLException {
    if (blocks.isPresent()) {
      blocks.get().close();
    } else {
      engineRows.close();
    }
  }
}
