package io.github.idc4j.client.paging;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * Provides the pages of a result as futures. The settings are those of the {@link Paged} object on
 * which {@link Paged#async} was called. Immutable and safe for use by several threads.
 *
 * <p>A future completes with the page, after retries and polls. After a failure, it completes
 * exceptionally with an {@link io.github.idc4j.client.error.IdcException}, which {@code join} wraps
 * in a {@code CompletionException}.
 *
 * <p>If you cancel a future, its requests end. They also end if you complete the future early in
 * another way, for example with {@code orTimeout}; the future then fails with the JDK's {@code
 * TimeoutException}. If you cancel a future that you derived from this future, the requests
 * continue. To end them, cancel the original future or close the client.
 *
 * <pre>{@code
 * CompletableFuture<Void> processAll(AsyncPaged<ManifestRow> pages, Page<ManifestRow> page) {
 *   process(page.rows());
 *   return page.next()
 *       .map(token -> pages.page(token).thenCompose(next -> processAll(pages, next)))
 *       .orElse(CompletableFuture.completedFuture(null));
 * }
 *
 * AsyncPaged<ManifestRow> pages = client.async().previewManifest(cohort, ManifestColumn.GCS_URL);
 * pages.firstPage().thenCompose(first -> processAll(pages, first));
 * }</pre>
 *
 * <p>Do not implement this interface: the library implements it, and may add methods.
 */
public interface AsyncPaged<T> {

  /** Requests the first page. */
  CompletableFuture<Page<T>> firstPage();

  /**
   * Requests the page with the given token. The token comes from {@link Page#next} of the previous
   * page.
   */
  CompletableFuture<Page<T>> page(PageToken token);

  /** Returns a publisher of all rows, like {@link Paged#publisher}. */
  Flow.Publisher<T> publisher();
}
