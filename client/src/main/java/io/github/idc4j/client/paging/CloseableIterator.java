package io.github.idc4j.client.paging;

import java.util.Iterator;

/**
 * An iterator that sends requests and can be closed. Use it in one thread at a time; any thread may
 * call {@link #close}.
 *
 * <p>The library implements it; it may gain methods.
 */
public interface CloseableIterator<E> extends Iterator<E>, AutoCloseable {

  /**
   * Ends the iteration: cancels the request under way, if any, and sends no more. Afterwards {@link
   * #hasNext} returns false; a call that is waiting for a request throws a {@link
   * io.github.idc4j.client.error.CanceledException}.
   */
  @Override
  void close();
}
