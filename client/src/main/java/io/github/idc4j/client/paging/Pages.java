package io.github.idc4j.client.paging;

import java.util.stream.Stream;

/**
 * The pages of a result, fetched when needed. Creating a {@code Pages} sends no request; each
 * iteration starts again. Immutable and safe for use by several threads; its iterators and streams
 * are not.
 *
 * <p>If fetching a page fails, the next call of {@code next()} requests it again. To resume later,
 * keep {@link Page#next} and use {@link Paged#pages(PageToken)}; for a position within a page, use
 * {@link Paged#iterator} and {@link Walk#checkpoint}.
 *
 * <pre>{@code
 * Page<ManifestRow> first = rows.pages().iterator().next();
 * }</pre>
 */
public interface Pages<T> extends Iterable<Page<T>> {

  /**
   * Returns an iterator over the pages in order. Close the iterator to stop fetching ahead and to
   * cancel a request.
   */
  @Override
  CloseableIterator<Page<T>> iterator();

  /** Returns the pages in order, as a sequential stream; closing it closes the iterator. */
  Stream<Page<T>> stream();
}
