package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;

/**
 * A response body was larger than the client's {@code maxResponseBytes} after decompression, or did
 * not fit in memory. The client did not read the rest of the body.
 */
public final class ResponseTooLargeException extends IdcException {

  private static final long serialVersionUID = 1L;

  private final long maxBytes;

  /**
   * Creates the exception. Only the client calls this constructor.
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
