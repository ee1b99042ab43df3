package io.github.idc4j.client.paging;

import io.github.idc4j.client.error.IdcException;
import io.github.idc4j.client.error.QueryTimeoutException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the rows of a result. A page is requested when its first row is asked for.
 *
 * <p>{@code hasNext} and {@code next} throw what the requests throw, each with the {@link
 * IdcException#checkpoint() checkpoint} to go on from; a walk that failed may also be asked again,
 * and then asks for the same page. For one thread at a time; {@link #close} for any.
 */
public final class Walk<T> implements Iterator<T>, AutoCloseable {

  private final Iterator<Page<T>> pages;
  private final Runnable stop;
  private final String fingerprint;
  private final long limit;
  private Checkpoint position;
  private @Nullable Page<T> page;
  private Iterator<T> rows = Collections.emptyIterator();
  private long toSkip;
  private volatile boolean closed;

  Walk(String fingerprint, Iterator<Page<T>> pages, Runnable stop, Checkpoint start, long limit) {
    this.fingerprint = fingerprint;
    this.pages = pages;
    this.stop = stop;
    this.position = start;
    this.toSkip = start.rowsOfPage();
    this.limit = limit;
  }

  @Override
  public boolean hasNext() {
    if (closed || position.rows() >= limit) {
      return false;
    }
    // An empty page is not the end.
    while (!rows.hasNext() && pages.hasNext() && !closed) {
      try {
        open(pages.next());
      } catch (IdcException e) {
        e.at(placeOf(e));
        throw e;
      }
    }
    return rows.hasNext() && !closed;
  }

  private void open(Page<T> next) {
    page = next;
    rows = next.rows().iterator();
    long skipped = Math.min(toSkip, next.rows().size());
    for (long i = 0; i < skipped; i++) {
      rows.next();
    }
    toSkip -= skipped;
    position =
        new Checkpoint(
            fingerprint,
            next.info().token(),
            next.info().number() - 1,
            position.rows(),
            skipped,
            false);
    leaveIfRead();
  }

  /** A page that was read to its end need not be asked for again. */
  private void leaveIfRead() {
    if (page != null && !rows.hasNext()) {
      position =
          new Checkpoint(
              fingerprint,
              page.next(),
              page.info().number(),
              position.rows(),
              toSkip,
              page.next().isEmpty());
    }
  }

  /** A query that still runs has a token of its own, with which it is not begun anew. */
  private Checkpoint placeOf(IdcException e) {
    return e instanceof QueryTimeoutException timeout && timeout.token().isPresent()
        ? position.with(timeout.token().get())
        : position;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    T row = rows.next();
    position =
        new Checkpoint(
            fingerprint,
            position.token(),
            position.pages(),
            position.rows() + 1,
            position.rowsOfPage() + 1,
            false);
    leaveIfRead();
    return row;
  }

  /** Returns whether the end is known to be reached, without a request. */
  boolean isEnded() {
    return closed || position.rows() >= limit || (!rows.hasNext() && position.ended());
  }

  /** Returns the place after the row that was delivered last. */
  public Checkpoint checkpoint() {
    return position;
  }

  /** Returns how the page came that the newest row is of; empty before the first page. */
  public Optional<PageInfo> page() {
    return page == null ? Optional.empty() : Optional.of(page.info());
  }

  /** Ends the walk: no further request is sent, and one under way is cancelled. */
  @Override
  public void close() {
    closed = true;
    stop.run();
  }
}
