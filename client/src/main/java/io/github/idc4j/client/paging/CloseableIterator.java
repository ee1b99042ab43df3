package io.github.idc4j.client.paging;

import java.util.Iterator;

/**
 * An iterator that sends requests, and can be ended. For one thread at a time; {@link #close} for
 * any thread.
 *
 * <p>The library implements it; it may gain methods.
 */
public interface CloseableIterator<E> extends Iterator<E>, AutoCloseable {

  /**
   * Ends the iteration: cancels the request under way, if any, and sends no more. Afterwards {@link
   * #hasNext} returns false.
   */
  @Override
  void close();
}
