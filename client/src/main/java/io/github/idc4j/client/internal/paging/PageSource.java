package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.internal.http.CallSettings;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageToken;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A result whose pages can be fetched, any number of times. Safe for use by several threads. */
interface PageSource<T> {

  /**
   * How pages are fetched.
   *
   * @param size most rows of a page
   * @param settings limits of the requests and of the walk
   */
  record Options(int size, CallSettings settings) {}

  /**
   * Starts a walk; sends nothing.
   *
   * @param onPending called when the service responds that the query is pending
   */
  PageFetcher<T> start(Options options, Runnable onPending);

  /** Fetches one page in the background; cancelling the future ends the requests for it. */
  CompletableFuture<Page<T>> submit(Options options, Optional<PageToken> token);

  /** Returns the operation ID. */
  String operation();

  /** Returns a short text that is the same for the same result; contains no secret. */
  String fingerprint();

  /** Returns what runs work in the background. */
  Executor executor();
}
