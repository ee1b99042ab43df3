package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.paging.Checkpoint;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageInfo;
import io.github.idc4j.client.paging.Walk;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pass over the rows of all pages. */
final class RowWalk<T> implements Walk<T> {

  private final PageWalk<T> pages;
  private @Nullable PageInfo info;
  private List<T> rows = List.of();
  private int next;
  private volatile boolean closed;

  RowWalk(PageWalk<T> pages) {
    this.pages = pages;
  }

  @Override
  public boolean hasNext() {
    // An empty page is not necessarily the last page.
    while (!closed && next == rows.size() && pages.hasNext()) {
      Page<T> page = pages.next();
      info = page.info();
      rows = page.rows();
      next = 0;
    }
    return !closed && next < rows.size();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return rows.get(next++);
  }

  /** Returns whether this walk is already known to have ended. Sends no request. */
  boolean isEnded() {
    return closed || (next == rows.size() && pages.isEnded());
  }

  @Override
  public Checkpoint checkpoint() {
    return Checkpoint.parse((next == rows.size() ? pages.end() : pages.start().plus(next)).text());
  }

  @Override
  public int rowsLeftInPage() {
    return rows.size() - next;
  }

  @Override
  public Optional<PageInfo> page() {
    return Optional.ofNullable(info);
  }

  @Override
  public void close() {
    closed = true;
    pages.close();
  }
}
