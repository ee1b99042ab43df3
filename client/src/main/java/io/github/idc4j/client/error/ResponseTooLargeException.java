package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;

/**
 * A response body, after decompression, was larger than {@code maxResponseBytes} of the client's
 * builder, or did not fit in memory. The client read no more of it.
 */
public final class ResponseTooLargeException extends IdcException {

  private static final long serialVersionUID = 1L;

  private final long maxBytes;

  /**
   * For the client only.
   *
   * @hidden
   */
  @SuppressWarnings("exports")
  public ResponseTooLargeException(Details details, long maxBytes) {
    super(details);
    this.maxBytes = maxBytes;
  }

  /** Returns the limit in bytes. */
  public long maxBytes() {
    return maxBytes;
  }
}
