package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;

/**
 * The caller ended the operation: its thread was interrupted, the walk or the client was closed, or
 * the future was canceled. After an interrupt, the thread's interrupt flag is still set.
 */
public final class CanceledException extends IdcException {

  private static final long serialVersionUID = 1L;

  /**
   * For the client only.
   *
   * @hidden
   */
  @SuppressWarnings("exports")
  public CanceledException(Details details) {
    super(details);
  }
}
