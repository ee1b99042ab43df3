package io.github.idc4j.client.paging;

import java.util.Iterator;

/**
 * An iterator that sends requests and can be closed. Use it in only one thread at a time; any
 * thread may call {@link #close}.
 *
 * <p>Do not implement this interface: the library implements it, and may add methods.
 */
public interface CloseableIterator<E> extends Iterator<E>, AutoCloseable {

  /**
   * Ends the iteration. Cancels the request in progress, if any, and sends no further requests.
   * {@link #hasNext} then returns false. A call that is waiting for a response throws a {@link
   * io.github.idc4j.client.error.CanceledException}.
   */
  @Override
  void close();
}
