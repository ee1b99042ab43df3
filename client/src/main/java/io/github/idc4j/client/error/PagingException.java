package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;

/**
 * The client cannot reach the last page of a result: the service repeated a page token, or
 * responded with 202 without a token to poll.
 */
public final class PagingException extends IdcException {

  private static final long serialVersionUID = 1L;

  /**
   * For the client only.
   *
   * @hidden
   */
  @SuppressWarnings("exports")
  public PagingException(Details details) {
    super(details);
  }
}
