package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.internal.http.Failures;
import io.github.idc4j.client.internal.position.Position;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageToken;
import io.github.idc4j.client.paging.Progress;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** Follows the page tokens of a walk. All walks use this algorithm. */
final class PageIterator<T> implements Iterator<Page<T>> {

  private final PageFetcher<T> fetcher;
  private final String operation;
  private final Consumer<Progress> listener;
  private final Set<PageToken> seen = new HashSet<>();
  private Optional<PageToken> token;
  private boolean more;
  private long needed;
  private long rows;
  private int pages;
  private int polls;
  private OptionalLong total = OptionalLong.empty();
  private boolean totalChanged;

  /**
   * Starts a walk. Sends no request.
   *
   * @param limit number of rows that are needed after the start position
   */
  PageIterator(
      PageSource<T> source,
      PageSource.Options options,
      Position start,
      long limit,
      Consumer<Progress> listener) {
    this.fetcher = source.start(options, this::pending);
    this.operation = source.operation();
    this.listener = listener;
    this.token = PageToken.of(start.pageToken());
    this.token.ifPresent(seen::add);
    this.rows = start.rows() - start.rowsOfPage();
    this.pages = start.pages();
    // The first page contains rows that were already delivered before the start.
    this.needed = limit > Long.MAX_VALUE - start.rowsOfPage() ? limit : limit + start.rowsOfPage();
    this.more = !start.complete() && limit > 0;
  }

  private void pending() {
    polls++;
    listener.accept(new Progress(rows, total, pages, polls, totalChanged));
  }

  @Override
  public boolean hasNext() {
    return more;
  }

  /**
   * Fetches the next page. After a failure, including one in the listener, fetches the same page
   * again.
   */
  @Override
  public Page<T> next() {
    if (!more) {
      throw new NoSuchElementException();
    }
    Page<T> page = fetcher.fetch(token, pages + 1);
    page.next().ifPresent(this::refuseRepeated);
    int size = page.rows().size();
    OptionalLong newTotal = page.totalFound().isPresent() ? page.totalFound() : total;
    boolean changed = totalChanged || (total.isPresent() && !total.equals(newTotal));
    listener.accept(new Progress(rows + size, newTotal, pages + 1, polls, changed));
    pages++;
    rows += size;
    needed -= size;
    token = page.next();
    token.ifPresent(seen::add);
    more = token.isPresent() && needed > 0;
    total = newTotal;
    totalChanged = changed;
    return page;
  }

  private void refuseRepeated(PageToken next) {
    if (seen.contains(next)) {
      throw Failures.paging(
          operation,
          "Page "
              + (pages + 1)
              + " has a page token that an earlier page of this walk had, so the pages would never"
              + " end.");
    }
  }

  /** Cancels the fetch in progress, if any, and prevents further fetches. */
  void stop() {
    fetcher.close();
  }
}
