package io.github.idc4j.cli.export;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * Exports the rows of a result. Immutable.
 *
 * @param result the result
 * @param format the format
 * @param limit maximum number of rows; {@code Long.MAX_VALUE} for all
 */
public record Export<T>(Result<T> result, Format format, long limit) {

  /** Accepts the number of rows that were written at the end of a page. */
  interface PageEnd {
    void accept(long rows) throws IOException;
  }

  /**
   * Returns the number of rows of the result, whatever the limit is. Sends one request if the
   * number is not known yet, and polls while the query is pending.
   *
   * @throws IllegalArgumentException if the service does not return the number
   */
  public long count() {
    return result.parts().stream().mapToLong(Part::count).sum();
  }

  /**
   * Writes all rows.
   *
   * @param width the number of characters in a line of the target; only for tables
   * @return the number of rows
   * @throws IllegalArgumentException if the format cannot contain the columns
   * @throws IOException if the target was closed
   */
  public long write(PrintWriter target, int width) throws IOException {
    RowWriter writer = format.writer(target, result.columns(), width);
    try (ResultWalk<T> walk = new ResultWalk<>(result, limit, 0, Optional.empty())) {
      long rows = write(writer, walk, 0, written -> requireOpen(target, written));
      requireOpen(target, rows);
      return rows;
    }
  }

  /** Flushes the target. */
  private static void requireOpen(PrintWriter target, long rows) throws IOException {
    if (target.checkError()) {
      throw new IOException("the output was closed after about %,d rows".formatted(rows));
    }
  }

  /**
   * Writes the remaining rows of a walk.
   *
   * @param rows the number of rows that were written before
   * @param pageEnd accepts the number of rows after each page
   * @return the number of rows, including those that were written before
   */
  long write(RowWriter writer, ResultWalk<T> walk, long rows, PageEnd pageEnd) throws IOException {
    long written = rows;
    // Fetches the first page, so that nothing is written if the service refuses the request.
    boolean more = walk.hasNext();
    if (rows == 0) {
      writer.begin(result.comments());
    }
    while (more) {
      writer.write(written++, walk.next());
      if (walk.rowsLeftInPage() == 0) {
        pageEnd.accept(written);
      }
      more = walk.hasNext();
    }
    writer.end(written);
    return written;
  }
}
