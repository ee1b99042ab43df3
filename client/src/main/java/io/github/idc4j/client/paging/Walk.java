package io.github.idc4j.client.paging;

import java.util.Optional;

/**
 * One pass over the rows of a result. A page is requested when its first row is needed.
 *
 * <p>{@link #hasNext} and {@link #next} throw an {@link io.github.idc4j.client.error.IdcException}
 * when a page can't be fetched; its {@code checkpoint()} is that of this walk. Calling them again
 * requests the same page again.
 *
 * <p>To stop on Ctrl-C, call {@link #close} in a shutdown hook. {@code hasNext} then returns false,
 * or throws a {@link io.github.idc4j.client.error.CanceledException} if a request was under way.
 * {@link #checkpoint} still works, and {@link Checkpoint#isComplete} says whether the walk had
 * reached its end.
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
   * Returns the position after the last row that was delivered, also after {@link #close}. Sends no
   * request, and costs little.
   */
  Checkpoint checkpoint();

  /** Returns how the page of the last row was fetched; empty before the first page. */
  Optional<PageInfo> page();
}
