package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service responded with an error. Subclasses exist for the status codes that callers treat
 * differently; for any other error status, the client throws this class itself.
 */
public class ServiceException extends IdcException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;
  private final String serviceMessage;
  private final String url;
  private final @Nullable Duration retryAfter;

  /**
   * For the client only.
   *
   * @hidden
   */
  @SuppressWarnings("exports")
  public ServiceException(
      Details details,
      int status,
      int code,
      String serviceMessage,
      String url,
      @Nullable Duration retryAfter) {
    super(details);
    this.status = status;
    this.code = code;
    this.serviceMessage = serviceMessage;
    this.url = url;
    this.retryAfter = retryAfter;
  }

  /**
   * Returns the HTTP status code. It is 200 if the service refused to save a cohort, as the former
   * public service did; {@link #code()} is then 400.
   */
  public int status() {
    return status;
  }

  /**
   * Returns the {@code code} of the response body, which normally equals the status code; 0 if the
   * body has none, as with the HTML error pages of the service.
   */
  public int code() {
    return code;
  }

  /** Returns the {@code message} of the response body; empty if the body has none. */
  public String serviceMessage() {
    return serviceMessage;
  }

  /** Returns the URL of the request; a page token in it is masked. */
  public String url() {
    return url;
  }

  /**
   * Returns how long the service asked the client to wait ({@code Retry-After}); empty if it did
   * not.
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
