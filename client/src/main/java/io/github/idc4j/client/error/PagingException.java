package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;

/**
 * The client can't reach the last page of a result. The service repeated a page token, or responded
 * with 202 but without a token to poll with.
 */
public final class PagingException extends IdcException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception. Only the client calls this constructor.
   *
   * @hidden
   */
  @SuppressWarnings("exports")
  public PagingException(Details details) {
    super(details);
  }
}
