package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The service refused the request as invalid: status code 400, or status code 200 with code 400 in
 * the body if a cohort was not saved. {@link #serviceMessage()} gives the reason.
 */
public final class BadRequestException extends ServiceException {

  private static final long serialVersionUID = 1L;

  /**
   * For the client only.
   *
   * @hidden
   */
  @SuppressWarnings("exports")
  public BadRequestException(
      Details details,
      int status,
      int code,
      String serviceMessage,
      String url,
      @Nullable Duration retryAfter) {
    super(details, status, code, serviceMessage, url, retryAfter);
  }
}
