package io.github.idc4j.service.result;

import io.github.idc4j.service.engine.EngineRows;
import io.github.idc4j.service.engine.RowsGoneException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a query, in order. Until {@link #store} has finished, pages are read from the engine.
 * After that, pages are read from the stored rows. Safe for use by several threads.
 */
public final class Result implements AutoCloseable {

  /**
   * The number of rows that {@link #store} reads from the engine at once. Requests for pages may
   * have to wait for the end of such a read.
   */
  private static final long STORED_AT_ONCE = 2 * RowBlocks.ROWS;

  /** The number of rows that a reader reads at once from an engine that keeps the rows. */
  private static final long KEPT_AT_ONCE = 2 * RowBlocks.ROWS;

  private static final Logger LOG = LoggerFactory.getLogger(Result.class);

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
  private boolean ended;
  private boolean deleted;

  /** Creates a result whose rows come from the engine. */
  public Result(EngineRows engineRows) {
    this.engineRows = engineRows;
    this.bytes = engineRows.bytes();
    this.stored = engineRows.isKept();
  }

  /** Creates a result whose rows are stored. */
  Result(RowBlocks found) {
    engineRows = new NoRows(found.count());
    blocks = Optional.of(found);
    bytes = found.bytes();
    stored = true;
  }

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

  /** Returns the number of rows. */
  public long count() {
    return engineRows.count();
  }

  /** Returns whether the result has so few rows that storing them takes no longer than a read. */
  public boolean isSmall() {
    return count() <= RowBlocks.ROWS;
  }

  /**
   * Returns whether {@link #store} has finished, or is not needed because the engine keeps the
   * rows.
   */
  public boolean isStored() {
    return stored;
  }

  /** Returns whether the engine deletes the rows at a fixed time. */
  public boolean expires() {
    return engineRows.expires();
  }

  /**
   * Returns the bytes that the result uses: in its file, which may be incomplete, or, if it needs
   * no file, in the engine.
   */
  public long bytes() {
    return bytes;
  }

  /**
   * Returns a reader; empty if the result was deleted or closed. The rows stay available until the
   * reader is closed, even if the result is deleted in the meantime.
   */
  public synchronized Optional<Reader> open() {
    if (ended) {
      return Optional.empty();
    }
    readers++;
    return Optional.of(new Reader());
  }

  /** Reads rows of a result, any number of times. Not safe for use by several threads. */
  public final class Reader implements AutoCloseable {

    private final AtomicBoolean closed = new AtomicBoolean();
    private Optional<PageMemory> memory = Optional.empty();

    private Reader() {}

    /** Returns the number of rows. */
    public long count() {
      return Result.this.count();
    }

    /**
     * Makes rows available to {@link #read}. See {@link EngineRows#prepare} for the returned value
     * and the failures.
     */
    public CompletableFuture<Long> prepare(long from, long to) throws SQLException {
      return engineRows.prepare(from, to);
    }

    /**
     * Reads the first of the rows {@code [from, to)}, which must have been prepared. The other rows
     * are read by {@link Rows#next}, so that few rows are in memory at the same time. The rows of
     * an earlier call can no longer be read.
     *
     * @throws RowsGoneException if the engine no longer has the rows
     */
    public Rows read(long from, long to) throws IOException, SQLException {
      if (memory.isEmpty()) {
        memory = Optional.of(PageMemory.take());
      }
      return new Rows(memory.get(), from, to);
    }

    @Override
    public void close() throws IOException, SQLException {
      if (!closed.getAndSet(true)) {
        memory.ifPresent(PageMemory::giveBack);
        if (isLastOfEnded()) {
          free();
        }
      }
    }
  }

  /** Rows that can be read once. */
  public final class Rows {

    private final PageMemory memory;
    private ByteBuffer some;
    private boolean first = true;
    private final long from;
    private long next;
    private final long to;

    private Rows(PageMemory memory, long from, long to) throws IOException, SQLException {
      this.memory = memory;
      this.from = from;
      this.next = from;
      this.to = to;
      readNext();
    }

    private void readNext() throws IOException, SQLException {
      long end = memory.end(next, Result.this.next(next, to));
      some = memory.read(Result.this::read, next, end);
      next = end;
    }

    /** Returns the number of rows. */
    public long count() {
      return to - from;
    }

    /**
     * Returns how many bytes all rows have; empty if some would have to be read to know this. Call
     * this before {@link #next}.
     */
    public OptionalLong bytes() {
      // There is no comma before the first row.
      OptionalLong withCommas = Result.this.bytes(from, to);
      return withCommas.isPresent() && from < to
          ? OptionalLong.of(withCommas.getAsLong() - 1)
          : withCommas;
    }

    /**
     * Returns the next rows as JSON objects, with a comma before each row except the first one;
     * empty if there are no more rows. The next call but one overwrites the buffer; it also becomes
     * invalid when the reader is closed.
     */
    public Optional<ByteBuffer> next() throws IOException, SQLException {
      if (!first) {
        readNext();
      } else if (some.hasRemaining()) {
        first = false;
        some.position(some.position() + 1);
      }
      return Optional.of(some).filter(ByteBuffer::hasRemaining);
    }
  }

  /** Returns the end of the first rows of {@code [from, to)} that can be read at once. */
  private long next(long from, long to) {
    return Math.min(
        to,
        engineRows.isKept() ? from + KEPT_AT_ONCE : (from / RowBlocks.ROWS + 1) * RowBlocks.ROWS);
  }

  private synchronized boolean isLastOfEnded() {
    readers--;
    return ended && readers == 0;
  }

  /**
   * Reads the rows {@code [from, to)}, with a comma before each row. Stored rows must be in one
   * block.
   */
  private ByteBuffer read(long from, long to, BlockMemory memory) throws IOException, SQLException {
    if (from == to) {
      return ByteBuffer.allocate(0);
    }
    lock.readLock().lock();
    try {
      return blocks.isPresent() ? blocks.get().read(from, to, memory) : readFromEngine(from, to);
    } catch (DamagedFileException e) {
      if (!isEnded()) {
        LOG.error("A result is deleted, and its page tokens are no longer valid", e);
        delete();
      }
      throw new RowsGoneException(e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private OptionalLong bytes(long from, long to) {
    lock.readLock().lock();
    try {
      return blocks.isPresent() ? blocks.get().bytes(from, to) : OptionalLong.empty();
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
          rows.write(',');
          rows.writeBytes(json);
        });
    return ByteBuffer.wrap(rows.toByteArray());
  }

  /**
   * Stores the rows in a file, or in memory if they are few. Then frees the rows in the engine. If
   * the result is deleted in the meantime, no file remains.
   *
   * @param keep whether a later process may need the rows, so that they must be in a file
   * @throws IOException if the file cannot be written; the rows in the engine remain available
   */
  public void store(Path file, boolean keep) throws IOException, SQLException {
    Optional<Reader> pin = open();
    if (pin.isEmpty()) {
      return;
    }
    Path name = keep ? ResultFolder.unfinished(file) : file;
    try (Reader reader = pin.get();
        RowBlocks.Writer writer = new RowBlocks.Writer(name)) {
      long next;
      for (long row = 0; row < reader.count() && !isEnded(); row = next) {
        next = Math.min(reader.count(), row + STORED_AT_ONCE);
        engineRows.read(row, next, writer::add);
        bytes = engineRows.bytes() + writer.fileBytes();
      }
      if (!isEnded()) {
        use(keep ? writer.keep(file) : writer.finish());
      }
    } finally {
      if (!stored) {
        bytes = engineRows.bytes();
      }
    }
  }

  /** Returns whether {@link #delete} or {@link #close} was called, or the file is damaged. */
  public synchronized boolean isEnded() {
    return ended;
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

  /** Records in the file, if there is one, when the latest walk over the result began. */
  public void begun(Instant time) throws IOException {
    Optional<Path> path = blocks().flatMap(RowBlocks::path);
    if (path.isPresent()) {
      Files.setLastModifiedTime(path.get(), FileTime.from(time));
    }
  }

  private Optional<RowBlocks> blocks() {
    lock.readLock().lock();
    try {
      return blocks;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Deletes the result. If readers are open, its rows are freed when the last reader is closed. */
  public void delete() throws IOException, SQLException {
    end(true);
  }

  /** Frees the rows like {@link #delete}, but does not delete a file. */
  @Override
  public void close() throws IOException, SQLException {
    end(false);
  }

  private void end(boolean delete) throws IOException, SQLException {
    boolean free;
    synchronized (this) {
      free = !ended && readers == 0;
      deleted = ended ? deleted : delete;
      ended = true;
    }
    if (free) {
      free();
    }
  }

  /** Frees the rows. Called once, when the result has ended and no reader is open. */
  private void free() throws IOException, SQLException {
    if (blocks.isEmpty()) {
      engineRows.close();
    } else if (isDeleted()) {
      blocks.get().delete();
    } else {
      blocks.get().close();
    }
  }

  private synchronized boolean isDeleted() {
    return deleted;
  }
}
