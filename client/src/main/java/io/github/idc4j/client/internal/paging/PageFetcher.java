package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageToken;
import java.util.Optional;

/** Fetches the pages of one walk within its limits. For one thread, except {@link #close}. */
interface PageFetcher<T> extends AutoCloseable {

  /**
   * Sends requests until there is a page; polls while the query is pending.
   *
   * @param token token of the page; empty for the first
   * @param number number of the page in the walk, from 1
   */
  Page<T> fetch(Optional<PageToken> token, int number);

  /** Ends the fetch under way, if any, and all later ones; any thread may call it. */
  @Override
  void close();
}
