package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;

/**
 * The caller ended the operation: the calling thread was interrupted, the walk or the client was
 * closed, or the future was canceled. If the thread was interrupted, its interrupt flag is still
 * set.
 */
public final class CanceledException extends IdcException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception. Only the client calls this constructor.
   *
   * @hidden
   */
  @SuppressWarnings("exports")
  public CanceledException(Details details) {
    super(details);
  }
}
