package io.github.idc4j.client.paging;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * The pages of a result as futures. The settings are those of the {@link Paged} that it comes from.
 * Immutable and safe for use by several threads.
 *
 * <p>A future completes with the page, after retries and polling, or exceptionally with an {@link
 * io.github.idc4j.client.error.IdcException}. Canceling it ends the requests for it; so does any
 * other way to complete it early, such as {@code orTimeout}. Futures that you derive from it do not
 * pass a cancellation on.
 *
 * <pre>{@code
 * AsyncPaged<ManifestRow> pages = client.async().previewManifest(cohort, ManifestColumn.GCS_URL);
 * pages
 *     .firstPage()
 *     .thenCompose(page -> pages.page(page.next().orElseThrow()))
 *     .thenAccept(second -> process(second.rows()));
 * }</pre>
 *
 * <p>The library implements it; it may gain methods.
 */
public interface AsyncPaged<T> {

  /** Requests the first page. */
  CompletableFuture<Page<T>> firstPage();

  /** Requests the page with a token; {@link Page#next} of the page before has it. */
  CompletableFuture<Page<T>> page(PageToken token);

  /** Returns a publisher of all rows, like {@link Paged#publisher}. */
  Flow.Publisher<T> publisher();
}
