package io.github.idc4j.client.paging;

import java.util.Optional;
import java.util.concurrent.Executor;

/** A result that pages can be fetched of, any number of times. Safe for use by several threads. */
public interface PageSource<T> {

  /**
   * Begins a walk; sends nothing.
   *
   * @param onWait called whenever the service says that the query still runs
   */
  Fetcher<T> begin(Runnable onWait);

  /** Returns what tells this result from others, in a few characters; holds no secret. */
  String fingerprint();

  /** Returns what runs the walks that do not run on the caller's thread. */
  Executor executor();

  /** Fetches the pages of one walk, and minds its time. For one thread, but for its end. */
  interface Fetcher<T> extends AutoCloseable {

    /**
     * Sends requests until there is a page, and waits where the service is not ready.
     *
     * @param token the token of the page; empty for the first
     * @param number its place in the walk, from 1
     */
    Page<T> fetch(Optional<PageToken> token, int number);

    /** Ends the fetch under way, if there is one, and all later ones; any thread may call it. */
    @Override
    void close();
  }
}
