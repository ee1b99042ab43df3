package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The service refused the ID token because it is invalid or expired: status code 401. If there are
 * no credentials, most operations on saved cohorts throw {@link BadRequestException} or {@link
 * ForbiddenException} instead.
 */
public final class UnauthorizedException extends ServiceException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception. Only the client calls this constructor.
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
