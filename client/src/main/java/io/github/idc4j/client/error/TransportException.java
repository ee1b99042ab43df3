package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;

/**
 * The client received no complete response: the host is unknown, the connection failed or broke, or
 * TLS or a proxy refused it. The cause is the {@link java.io.IOException}.
 */
public final class TransportException extends IdcException {

  private static final long serialVersionUID = 1L;

  /**
   * For the client only.
   *
   * @hidden
   */
  @SuppressWarnings("exports")
  public TransportException(Details details) {
    super(details);
  }
}
