package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The service refused the request as invalid. The status code is 400. If the service did not save a
 * cohort, the status code can also be 200, with the code 400 in the body. {@link #serviceMessage()}
 * returns the reason.
 */
public final class BadRequestException extends ServiceException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception. Only the client calls this constructor.
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
