package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The service does not support the HTTP method on this path: status code 405. The base URL is often
 * the cause.
 */
public final class MethodNotAllowedException extends ServiceException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception. Only the client calls this constructor.
   *
   * @hidden
   */
  @SuppressWarnings("exports")
  public MethodNotAllowedException(
      Details details,
      int status,
      int code,
      String serviceMessage,
      String url,
      @Nullable Duration retryAfter) {
    super(details, status, code, serviceMessage, url, retryAfter);
  }
}
