package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.internal.http.CallSettings;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageToken;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A result whose pages can be fetched any number of times. Safe for use by several threads. */
interface PageSource<T> {

  /**
   * Options for fetching pages.
   *
   * @param size maximum number of rows per page
   * @param settings limits of the requests and of the walk
   */
  record Options(int size, CallSettings settings) {}

  /**
   * Starts a walk. Sends no request.
   *
   * @param onPending called each time the service responds that the query is pending
   */
  PageFetcher<T> start(Options options, Runnable onPending);

  /** Fetches one page in the background. Canceling the future ends the requests for the page. */
  CompletableFuture<Page<T>> submit(Options options, Optional<PageToken> token);

  /**
   * Requests the SQL of the query. Returns empty if the source does not provide it.
   *
   * @param options the limits of the requests; the number of rows has no effect
   */
  default Optional<String> sql(Options options) {
    return Optional.empty();
  }

  /** Returns the operation ID. */
  String operation();

  /**
   * Returns a short string that identifies the result. It is always the same for the same result,
   * and contains no secret.
   */
  String fingerprint();

  /** Returns an executor for background work. */
  Executor executor();
}
