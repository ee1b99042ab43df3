package io.github.idc4j.client.paging;

import io.github.idc4j.client.http.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The rows of a result. The pages are fetched when their rows are needed. While a query is pending
 * (202), the client polls automatically.
 *
 * <p>Creating a {@code Paged} sends no request, and each iteration starts again. A {@code Paged} is
 * immutable and safe for use by several threads; the methods that change a setting return a copy.
 * Use each iterator or stream in one thread only. Settings that you do not change have the values
 * of the client.
 *
 * <pre>{@code
 * for (ManifestRow row : client.previewManifest(cohort, ManifestColumn.GCS_URL)) {
 *   System.out.println(row.gcsUrl());
 * }
 * }</pre>
 *
 * <p>Do not implement this interface: the library implements it, and may add methods.
 */
public interface Paged<T> extends Iterable<T> {

  /**
   * Returns the same rows, with pages of at most this many rows. Defaults to the client's page
   * size. A page may have fewer rows.
   *
   * @throws IllegalArgumentException if the number is not positive
   */
  Paged<T> pageSize(int rows);

  /**
   * Returns the same rows, with a time limit for each walk. The time includes your own processing
   * between pages. Defaults to the client's {@code walkTimeout}.
   *
   * @throws IllegalArgumentException if the time is not positive
   */
  Paged<T> walkTimeout(Duration time);

  /**
   * Returns the same rows, with a time limit for each page. The time includes retries and polls.
   * Defaults to the client's {@code totalTimeout}.
   *
   * @throws IllegalArgumentException if the time is not positive
   */
  Paged<T> totalTimeout(Duration time);

  /** Returns the same rows, with another retry policy. Defaults to the client's retry policy. */
  Paged<T> retryPolicy(RetryPolicy policy);

  /**
   * Returns the same rows, but at most this many rows per walk. The client requests no pages beyond
   * the limit. Rows before a checkpoint do not count: {@code resumeFrom(checkpoint).limit(100)}
   * returns the next 100 rows.
   *
   * @param rows maximum number of rows; if 0, there are no rows and no request is sent
   * @throws IllegalArgumentException if the number is negative
   */
  Paged<T> limit(long rows);

  /**
   * Returns the same rows, with up to this many pages fetched ahead in the background. Defaults to
   * 0: a page is requested when its first row is needed.
   *
   * <p>Fetching ahead saves time if both the service and your own processing take time. The pages
   * that are fetched ahead need additional memory. If the calling thread is interrupted, a walk
   * that fetches ahead ends; resume it from the checkpoint in the exception.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  Paged<T> prefetch(int pages);

  /**
   * Returns the same rows, with a listener for the progress of each walk. Replaces the listener
   * that was set before.
   *
   * <p>The listener is called after each page, and each time the service responds that the query is
   * pending. It runs on the thread that fetches the page. If the listener throws an exception, the
   * walk fails with this exception.
   */
  Paged<T> onProgress(Consumer<Progress> listener);

  /**
   * Returns the rows after a checkpoint. The page size, limit and other settings may differ from
   * those of the walk in which the checkpoint was created.
   *
   * <p>A checkpoint expires after about a day, together with its page token. The first request then
   * fails with a {@link io.github.idc4j.client.error.BadRequestException}. In this case, start
   * again without the checkpoint, and skip {@link Checkpoint#rows} rows. The order of the rows
   * stays the same within one data release.
   *
   * @throws IllegalArgumentException if the checkpoint belongs to another result: to another
   *     service or cohort, or to other columns or fields
   */
  Paged<T> resumeFrom(Checkpoint checkpoint);

  /**
   * Returns an iterator over the rows in order. The first call of {@code hasNext} sends the first
   * request.
   */
  @Override
  Walk<T> iterator();

  /**
   * Returns the rows in order, as a sequential stream. If you use {@link #prefetch} and stop early,
   * close the stream.
   */
  Stream<T> stream();

  /**
   * Requests the SQL of the query that finds the rows. This is for people to read: a service may
   * print values that it passes to the query in another way, and the deployed service ran slightly
   * different SQL.
   *
   * <p>Sends a request for one row, so the service runs the query. While the query is pending
   * (202), the client polls, and then sends the request again, because only a first response
   * contains the SQL. {@code totalTimeout} limits all of this.
   *
   * <p>Throws an {@link io.github.idc4j.client.error.IdcException} if the service refuses the query
   * or does not respond.
   *
   * @return the SQL; empty if the service does not return it, as for {@code dicomMetadata}
   */
  Optional<String> sql();

  /**
   * Returns a publisher of the rows. Each subscriber starts its own walk, on a thread of the
   * client. Without {@link #prefetch}, a page is requested only after the subscriber has requested
   * one of its rows.
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

  /**
   * Returns the pages in order. After {@link #resumeFrom}, the first page contains only the rows
   * after the checkpoint.
   */
  Pages<T> pages();

  /**
   * Returns the pages in order, starting with the page that the token identifies. The checkpoint of
   * {@link #resumeFrom} is ignored.
   */
  Pages<T> pages(PageToken token);

  /**
   * Returns the pages as futures. {@code pageSize}, {@code walkTimeout}, {@code totalTimeout} and
   * {@code retryPolicy} apply to each page. All other settings apply only to the publisher.
   */
  AsyncPaged<T> async();
}
