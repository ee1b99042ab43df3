package io.github.idc4j.client.paging;

import java.util.Optional;

/**
 * One pass over the rows of a result. A page is requested when its first row is needed.
 *
 * <p>{@link #hasNext} and {@link #next} throw an {@link io.github.idc4j.client.error.IdcException}
 * if a page can't be fetched. The exception contains the checkpoint of this walk. If you call the
 * method again, it requests the same page again.
 *
 * <p>To stop on Ctrl-C, call {@link #close} in a shutdown hook. {@code hasNext} then returns false,
 * or throws a {@link io.github.idc4j.client.error.CanceledException} if a request was in progress.
 * You can still call {@link #checkpoint}. {@link Checkpoint#isComplete} then returns whether the
 * walk had reached its end.
 *
 * <pre>{@code
 * try (Walk<ManifestRow> walk = rows.iterator()) {
 *   while (walk.hasNext()) {
 *     process(walk.next());
 *     // Flush the results of process() before the checkpoint, or a crash loses rows.
 *     save(walk.checkpoint().text());
 *   }
 * }
 * }</pre>
 */
public interface Walk<T> extends CloseableIterator<T> {

  /**
   * Returns the position after the last row that was delivered, even after {@link #close}. Sends no
   * request and is fast.
   */
  Checkpoint checkpoint();

  /**
   * Returns the number of rows of the latest page that were not delivered yet; 0 before the first
   * page. Sends no request. Use it to save a checkpoint after each page instead of each row.
   */
  int rowsLeftInPage();

  /**
   * Returns how the latest page of this walk was fetched; empty before the first page. After {@link
   * #hasNext}, the latest page may be the page of the next row.
   */
  Optional<PageInfo> page();
}
