package io.github.idc4j.client.paging;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * The pages of a result as futures. The settings are those of the {@link Paged} that it comes from.
 * Immutable and safe for use by several threads.
 *
 * <p>A future completes with the page, after retries and polling, or exceptionally with an {@link
 * io.github.idc4j.client.error.IdcException}, which {@code join} wraps in a {@code
 * CompletionException}. Canceling the future ends its requests. So does completing it early in
 * another way, such as {@code orTimeout}, which fails it with the JDK's {@code TimeoutException}.
 * Canceling a future that you derived from it does not end the requests: cancel the original one,
 * or close the client.
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
 * <p>Do not implement this interface: the library does, and may add methods to it.
 */
public interface AsyncPaged<T> {

  /** Requests the first page. */
  CompletableFuture<Page<T>> firstPage();

  /** Requests the page with a token; {@link Page#next} of the page before has it. */
  CompletableFuture<Page<T>> page(PageToken token);

  /** Returns a publisher of all rows, like {@link Paged#publisher}. */
  Flow.Publisher<T> publisher();
}
