package io.github.idc4j.cli.export;

import io.github.idc4j.client.paging.CloseableIterator;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.client.paging.Walk;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
   * Returns the number of rows of the result, whatever the limit is. Sends one request, and polls
   * while the query is pending.
   *
   * @throws IllegalArgumentException if the service does not return the number
   */
  public long count() {
    try (CloseableIterator<Page<T>> pages = result.rows().pageSize(1).pages().iterator()) {
      return pages
          .next()
          .totalFound()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "The service does not return the number of rows. Remove --count to export the"
                          + " rows."));
    }
  }

  /** Returns the rows up to the limit. A walk fetches a page while the previous one is written. */
  Paged<T> rows() {
    return result.rows().limit(limit).prefetch(1);
  }

  /**
   * Writes all rows.
   *
   * @return the number of rows
   * @throws IllegalArgumentException if the format cannot contain the columns
   * @throws IOException if the target was closed
   */
  public long write(PrintWriter target) throws IOException {
    RowWriter writer = format.writer(target, result.columns());
    try (Walk<T> walk = rows().iterator()) {
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
  long write(RowWriter writer, Walk<T> walk, long rows, PageEnd pageEnd) throws IOException {
    long written = rows;
    // Fetches the first page, so that nothing is written if the service refuses the request.
    boolean more = walk.hasNext();
    if (rows == 0) {
      writer.begin();
    }
    while (more) {
      writer.write(written++, values(walk.next()));
      if (walk.rowsLeftInPage() == 0) {
        pageEnd.accept(written);
      }
      more = walk.hasNext();
    }
    writer.end(written);
    return written;
  }

  private List<?> values(T row) {
    Map<String, ?> values = result.values().apply(row);
    List<Object> ordered = new ArrayList<>(result.columns().size());
    result.columns().forEach(column -> ordered.add(values.get(column)));
    return ordered;
  }
}
