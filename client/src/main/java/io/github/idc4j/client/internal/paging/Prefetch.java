package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.internal.http.Failures;
import io.github.idc4j.client.paging.Page;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Fetches pages ahead, one after the other, while the caller processes earlier pages. The number of
 * pages in memory is limited. No thread is blocked while enough pages are ready: the next fetch
 * starts when the caller takes a page.
 */
final class Prefetch<T> implements Iterator<Page<T>> {

  private final PageIterator<T> pages;
  private final String operation;
  private final int ahead;
  private final Executor executor;
  private final Deque<Page<T>> ready = new ArrayDeque<>();
  private boolean fetching;
  private @Nullable Throwable failure;
  private boolean more;
  private boolean stopped;
  private boolean interrupted;

  Prefetch(PageIterator<T> pages, String operation, int ahead, Executor executor) {
    this.pages = pages;
    this.operation = operation;
    this.ahead = ahead;
    this.executor = executor;
    this.more = pages.hasNext();
  }

  private synchronized void fetchAhead() {
    if (!fetching && failure == null && more && !stopped && ready.size() < ahead) {
      fetching = true;
      try {
        executor.execute(this::fetchOne);
      } catch (Error e) {
        // There is not enough memory to start a thread. The next call tries again.
        fetching = false;
        throw e;
      }
    }
  }

  /**
   * Fetches one page. Runs on one thread at a time, because each fetch starts the next one at its
   * end.
   */
  private void fetchOne() {
    Page<T> page = null;
    Throwable thrown = null;
    try {
      page = pages.next();
    } catch (Throwable e) {
      // Catches Throwable, because Kotlin code may throw checked exceptions.
      thrown = e;
    }
    synchronized (this) {
      fetching = false;
      failure = thrown;
      if (page != null) {
        ready.add(page);
        more = pages.hasNext();
      }
      notifyAll();
    }
    fetchAhead();
  }

  /**
   * Returns whether there is another page. After an interrupt, all further calls fail, because the
   * walk did not reach its last page.
   */
  @Override
  public synchronized boolean hasNext() {
    if (interrupted) {
      throw Failures.interrupted(operation);
    }
    fetchAhead();
    while (ready.isEmpty() && failure == null && more && !stopped) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        interrupted = true;
        stop();
        throw Failures.interrupted(operation);
      }
    }
    return !stopped && (!ready.isEmpty() || failure != null);
  }

  @Override
  public synchronized Page<T> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Page<T> page = ready.poll();
    if (page == null) {
      Throwable thrown = Objects.requireNonNull(failure);
      failure = null;
      if (thrown instanceof Error error) {
        throw error;
      }
      throw thrown instanceof RuntimeException e ? e : new IllegalStateException(thrown);
    }
    fetchAhead();
    return page;
  }

  /** Cancels the fetch in progress and prevents further fetches. */
  synchronized void stop() {
    stopped = true;
    pages.stop();
    ready.clear();
    notifyAll();
  }
}
