package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The service requires a valid ID token: status code 401. */
public final class UnauthorizedException extends ServiceException {

  private static final long serialVersionUID = 1L;

  /**
   * For the client only.
   *
   * @hidden
   */
  @SuppressWarnings("exports")
  public UnauthorizedException(
      Details details,
      int status,
      int code,
      String serviceMessage,
      String url,
      @Nullable Duration retryAfter) {
    super(details, status, code, serviceMessage, url, retryAfter);
  }
}
