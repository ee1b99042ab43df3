package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;

/**
 * The client received no complete response. For example, the host is unknown, the connection failed
 * or was interrupted, or TLS or a proxy refused the connection. The cause is the {@link
 * java.io.IOException}.
 */
public final class TransportException extends IdcException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception. Only the client calls this constructor.
   *
   * @hidden
   */
  @SuppressWarnings("exports")
  public TransportException(Details details) {
    super(details);
  }
}
