package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageToken;
import java.util.Optional;

/**
 * Fetches the pages of one walk within the limits of the walk. Use it in one thread only; any
 * thread may call {@link #close}.
 */
interface PageFetcher<T> extends AutoCloseable {

  /**
   * Sends requests until there is a page. While the query is pending, the requests are polls.
   *
   * @param token token of the page; empty for the first page
   * @param number number of the page in the walk, starting with 1
   */
  Page<T> fetch(Optional<PageToken> token, int number);

  /**
   * Cancels the fetch in progress, if any, and prevents further fetches. Any thread may call this
   * method.
   */
  @Override
  void close();
}
