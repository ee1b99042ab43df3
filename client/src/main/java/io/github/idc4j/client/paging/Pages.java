package io.github.idc4j.client.paging;

import java.util.stream.Stream;

/**
 * The pages of a result. A page is fetched when it is needed. Creating a {@code Pages} sends no
 * request, and each iteration starts again. Immutable and safe for use by several threads. Use each
 * iterator or stream in one thread only.
 *
 * <p>If fetching a page fails, the next call of {@code next()} requests the same page again. To
 * resume later, keep the token from {@link Page#next} and pass it to {@link
 * Paged#pages(PageToken)}. To resume within a page, use {@link Paged#iterator} and {@link
 * Walk#checkpoint}.
 *
 * <pre>{@code
 * Page<ManifestRow> first = rows.pages().iterator().next();
 * }</pre>
 */
public interface Pages<T> extends Iterable<Page<T>> {

  /**
   * Returns an iterator over the pages in order. Closing the iterator stops fetching ahead and
   * cancels the request in progress.
   */
  @Override
  CloseableIterator<Page<T>> iterator();

  /**
   * Returns the pages in order, as a sequential stream. Closing the stream stops fetching ahead and
   * cancels the request in progress.
   */
  Stream<Page<T>> stream();
}
