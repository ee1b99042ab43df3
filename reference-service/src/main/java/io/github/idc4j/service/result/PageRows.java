package io.github.idc4j.service.result;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** The rows of a page, which can be read once. Not safe for use by several threads. */
public final class PageRows {

  private final Result result;
  private final PageMemory memory;
  private ByteBuffer some;
  private boolean first = true;
  private final long from;
  private long next;
  private final long to;

  PageRows(Result result, PageMemory memory, long from, long to) throws IOException, SQLException {
    this.result = result;
    this.memory = memory;
    this.from = from;
    this.next = from;
    this.to = to;
    readNext();
  }

  private void readNext() throws IOException, SQLException {
    long end = memory.end(next, result.next(next, to));
    some = memory.read(result::read, next, end);
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
    OptionalLong withCommas = result.bytes(from, to);
    return withCommas.isPresent() && from < to
        ? OptionalLong.of(withCommas.getAsLong() - 1)
        : withCommas;
  }

  /**
   * Returns the next rows as JSON objects, with a comma before each row except the first one; empty
   * if there are no more rows. The next call but one overwrites the buffer; it also becomes invalid
   * when the reader is closed.
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
