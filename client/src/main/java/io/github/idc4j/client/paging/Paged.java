package io.github.idc4j.client.paging;

import io.github.idc4j.client.http.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The rows of a result, fetched page by page when needed. Pending queries (202) are polled
 * automatically.
 *
 * <p>Creating it sends no request; each iteration starts again. Immutable and safe for use by
 * several threads: the methods that change a setting return a copy. Its iterators and streams are
 * for one thread. Settings that are not changed here are those of the client.
 *
 * <pre>{@code
 * for (ManifestRow row : client.previewManifest(cohort, ManifestColumn.GCS_URL)) {
 *   System.out.println(row.gcsUrl());
 * }
 * }</pre>
 *
 * <p>The library implements it; it may gain methods.
 */
public interface Paged<T> extends Iterable<T> {

  /**
   * Returns the same rows, with pages of at most this many rows. Defaults to the client's page
   * size. A page may have fewer rows.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  Paged<T> pageSize(int rows);

  /**
   * Returns the same rows, with a time limit for each walk, which includes your own time between
   * pages. Defaults to the client's {@code walkTimeout}.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  Paged<T> walkTimeout(Duration time);

  /**
   * Returns the same rows, with a time limit for each page, which includes retries and polling.
   * Defaults to the client's {@code totalTimeout}.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  Paged<T> totalTimeout(Duration time);

  /** Returns the same rows, with another retry policy. Defaults to that of the client. */
  Paged<T> retryPolicy(RetryPolicy policy);

  /**
   * Returns at most this many rows per walk; no further page is requested. Rows before a checkpoint
   * do not count: {@code resumeFrom(checkpoint).limit(100)} gives the next 100 rows.
   *
   * @param rows 0 gives no rows and sends no request
   * @throws IllegalArgumentException if it is negative
   */
  Paged<T> limit(long rows);

  /**
   * Returns the same rows, with up to this many pages fetched ahead in the background. This helps
   * if both the service and your own processing take time. It holds that many more pages in memory.
   * Defaults to 0: a page is requested when its first row is needed. Interrupting the calling
   * thread ends a walk that fetches ahead; resume it from the checkpoint of the exception.
   *
   * @throws IllegalArgumentException if it is negative
   */
  Paged<T> prefetch(int pages);

  /**
   * Returns the same rows; each walk reports its progress after each page and each time the service
   * responds that the query is pending. The listener runs on the thread that fetches. An exception
   * that it throws ends the walk. Replaces the listener that was set before.
   */
  Paged<T> onProgress(Consumer<Progress> listener);

  /**
   * Returns the rows after a checkpoint. The page size, limit and other settings may differ from
   * those of the walk that the checkpoint comes from.
   *
   * <p>A checkpoint expires with its page token, after about a day; the first request then fails
   * with a {@link io.github.idc4j.client.error.BadRequestException}. Start again without the
   * checkpoint and skip {@link Checkpoint#rows} rows: the order of the rows is the same within one
   * data release.
   *
   * @throws IllegalArgumentException if the checkpoint belongs to another result: another service,
   *     cohort, or choice of columns or fields
   */
  Paged<T> resumeFrom(Checkpoint checkpoint);

  /** Returns the rows in order. The first call of {@code hasNext} sends the first request. */
  @Override
  Walk<T> iterator();

  /**
   * Returns the rows in order, as a sequential stream. Close it if you stop early and use {@link
   * #prefetch}.
   */
  Stream<T> stream();

  /**
   * Returns a publisher of the rows. Each subscriber starts a walk of its own, on a thread of the
   * client. No page is requested before a row of it is.
   *
   * <pre>{@code
   * rows.publisher().subscribe(new Flow.Subscriber<ManifestRow>() {
   *   private Flow.Subscription subscription;
   *
   *   public void onSubscribe(Flow.Subscription newSubscription) {
   *     subscription = newSubscription;
   *     subscription.request(100);
   *   }
   *
   *   public void onNext(ManifestRow row) {
   *     process(row); // Call subscription.cancel() to stop.
   *     subscription.request(1);
   *   }
   *
   *   public void onError(Throwable failure) {} // An IdcException.
   *
   *   public void onComplete() {}
   * });
   * }</pre>
   */
  Flow.Publisher<T> publisher();

  /** Returns the pages in order. After {@link #resumeFrom}, the first has only the rows left. */
  Pages<T> pages();

  /**
   * Returns the pages in order, starting with the one that has the token. {@link #resumeFrom} has
   * no effect on it.
   */
  Pages<T> pages(PageToken token);

  /**
   * Returns the pages as futures. {@code pageSize}, {@code totalTimeout} and {@code retryPolicy}
   * apply to each page, {@code walkTimeout} too; all other settings apply to its publisher only.
   */
  AsyncPaged<T> async();
}
