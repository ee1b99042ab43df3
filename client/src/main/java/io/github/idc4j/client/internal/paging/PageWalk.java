package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.internal.http.Failure;
import io.github.idc4j.client.internal.position.Position;
import io.github.idc4j.client.paging.CloseableIterator;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageToken;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * One pass over pages. Omits rows before its start position and rows beyond its limit. Keeps the
 * positions before and after the page that it returned last.
 */
final class PageWalk<T> implements CloseableIterator<Page<T>> {

  private final Iterator<Page<T>> pages;
  private final Runnable stop;
  private Position start;
  private Position end;
  private long toSkip;
  private long left;
  private volatile boolean closed;

  PageWalk(Iterator<Page<T>> pages, Runnable stop, Position start, long limit) {
    this.pages = pages;
    this.stop = stop;
    this.start = start;
    this.end = start;
    this.toSkip = start.rowsOfPage();
    this.left = limit;
  }

  @Override
  public boolean hasNext() {
    return !isEnded() && surfacing(pages::hasNext);
  }

  @Override
  public Page<T> next() {
    if (isEnded()) {
      throw new NoSuchElementException();
    }
    return trimmed(surfacing(pages::next));
  }

  /** Does work. Converts a failure to an exception with the checkpoint of this walk. */
  private <R> R surfacing(Supplier<R> work) {
    try {
      return work.get();
    } catch (Failure e) {
      // With the token of the pending query, the service does not start the query again.
      String pending = e.pageToken();
      throw e.toException((pending == null ? end : end.with(pending)).text());
    }
  }

  private Page<T> trimmed(Page<T> page) {
    int size = page.rows().size();
    int from = (int) Math.min(toSkip, size);
    int to = (int) Math.min(size, from + Math.min(left, size));
    toSkip -= from;
    left -= to - from;
    start =
        new Position(
            end.fingerprint(),
            page.info().token().map(PageToken::text).orElse(""),
            page.info().number() - 1,
            end.rows(),
            from,
            false);
    end =
        to < size
            ? start.plus(to - from)
            : new Position(
                start.fingerprint(),
                page.next().map(PageToken::text).orElse(""),
                page.info().number(),
                start.rows() + to - from,
                toSkip,
                page.next().isEmpty());
    List<T> rows = from == 0 && to == size ? page.rows() : page.rows().subList(from, to);
    return new Page<>(rows, page.totalFound(), page.next(), page.info());
  }

  /** Returns the position before the first row of the page that was returned last. */
  Position start() {
    return start;
  }

  /** Returns the position after the last row of the page that was returned last. */
  Position end() {
    return end;
  }

  /** Returns whether this walk is already known to have ended. Sends no request. */
  boolean isEnded() {
    return closed || left == 0 || end.complete();
  }

  @Override
  public void close() {
    closed = true;
    stop.run();
  }
}
