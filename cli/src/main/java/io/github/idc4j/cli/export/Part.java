package io.github.idc4j.cli.export;

import io.github.idc4j.client.paging.CloseableIterator;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.Paged;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Rows of a result that one walk fetches. Immutable.
 *
 * @param rows the rows
 * @param values returns the values of a row by the name of the column; a value is a string, a list
 *     of strings or null
 * @param total the number of rows; empty if it has not been requested yet
 */
record Part<T>(Paged<T> rows, Function<T, ? extends Map<String, ?>> values, OptionalLong total) {

  /** Returns the number of rows. Sends a request if it is not known yet. */
  long count() {
    return total.isPresent() ? total.getAsLong() : count(rows);
  }

  /**
   * Requests the number of rows, and polls while the query is pending.
   *
   * @throws IllegalArgumentException if the service does not return the number
   */
  static long count(Paged<?> rows) {
    try (CloseableIterator<? extends Page<?>> pages = rows.pageSize(1).pages().iterator()) {
      return pages
          .next()
          .totalFound()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "The service does not return the number of rows, which --count and the"
                          + " format s5cmd need."));
    }
  }
}
