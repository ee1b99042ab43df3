package io.github.idc4j.service.result;

import io.github.idc4j.service.engine.EngineRows;
import io.github.idc4j.service.engine.RowsGoneException;
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

  private static final Logger LOG = LoggerFactory.getLogger(Result.class);

  private final RowSource source;
  private volatile long bytes;
  private volatile boolean stored;

  // Guarded by this.
  private int readers;
  private boolean ended;
  private boolean deleted;

  /** Creates a result whose rows come from the engine. */
  public Result(EngineRows engineRows) {
    source = new RowSource(engineRows);
    bytes = engineRows.bytes();
    stored = engineRows.isKept();
  }

  /** Creates a result whose rows are stored. */
  Result(RowBlocks blocks) {
    source = new RowSource(blocks);
    bytes = blocks.bytes();
    stored = true;
  }

  /** Returns the number of rows. */
  public long count() {
    return source.engine().count();
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
    return source.engine().expires();
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
      return source.engine().prepare(from, to);
    }

    /**
     * Reads the first of the rows {@code [from, to)}, which must have been prepared. The other rows
     * are read by {@link PageRows#next}, so that few rows are in memory at the same time. The rows
     * of an earlier call can no longer be read.
     *
     * @throws RowsGoneException if the engine no longer has the rows
     */
    public PageRows read(long from, long to) throws IOException, SQLException {
      if (memory.isEmpty()) {
        memory = Optional.of(PageMemory.take());
      }
      return new PageRows(Result.this, memory.get(), from, to);
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

  /** Returns the end of the first rows of {@code [from, to)} that can be read at once. */
  long next(long from, long to) {
    return source.next(from, to);
  }

  private synchronized boolean isLastOfEnded() {
    readers--;
    return ended && readers == 0;
  }

  /**
   * Reads rows like {@link RowSource#read}, and deletes the result if its file is damaged.
   *
   * @throws RowsGoneException if the engine no longer has the rows, or if the file is damaged
   */
  ByteBuffer read(long from, long to, BlockMemory memory) throws IOException, SQLException {
    try {
      return source.read(from, to, memory);
    } catch (DamagedFileException e) {
      if (!isEnded()) {
        LOG.error("A result is deleted, and its page tokens are no longer valid", e);
        delete();
      }
      throw new RowsGoneException(e);
    }
  }

  /** Returns the length of rows like {@link RowSource#bytes}. */
  OptionalLong bytes(long from, long to) {
    return source.bytes(from, to);
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
        source.engine().read(row, next, writer::add);
        bytes = source.engine().bytes() + writer.fileBytes();
      }
      if (!isEnded()) {
        use(keep ? writer.keep(file) : writer.finish());
      }
    } finally {
      if (!stored) {
        bytes = source.engine().bytes();
      }
    }
  }

  /** Returns whether {@link #delete} or {@link #close} was called, or the file is damaged. */
  public synchronized boolean isEnded() {
    return ended;
  }

  private void use(RowBlocks blocks) throws SQLException {
    source.use(blocks);
    bytes = blocks.bytes();
    stored = true;
    source.engine().close();
  }

  /** Records in the file, if there is one, when the latest walk over the result began. */
  public void begun(Instant time) throws IOException {
    Optional<Path> path = source.path();
    if (path.isPresent()) {
      Files.setLastModifiedTime(path.get(), FileTime.from(time));
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
    source.free(isDeleted());
  }

  private synchronized boolean isDeleted() {
    return deleted;
  }
}
