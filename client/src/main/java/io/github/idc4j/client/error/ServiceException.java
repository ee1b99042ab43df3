package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service responded with an error. There are subclasses for the status codes that callers often
 * handle differently. For all other status codes, the client throws a plain {@code
 * ServiceException}.
 */
public class ServiceException extends IdcException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;
  private final String serviceMessage;
  private final String url;
  private final @Nullable Duration retryAfter;

  /**
   * Creates the exception. Only the client calls this constructor.
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
   * Returns the HTTP status code. If the service did not save a cohort, the status code can be 200
   * and {@link #code()} can be 400. The deployed service, which is now retired, responded in this
   * way.
   */
  public int status() {
    return status;
  }

  /**
   * Returns the {@code code} in the response body. It normally equals the status code. Returns 0 if
   * the body has no code; for example, the HTML error pages of the service have no code.
   */
  public int code() {
    return code;
  }

  /** Returns the {@code message} in the response body; empty if the body has no message. */
  public String serviceMessage() {
    return serviceMessage;
  }

  /** Returns the URL of the request, with any page token masked. */
  public String url() {
    return url;
  }

  /**
   * Returns how long the service asked the client to wait ({@code Retry-After}); empty if the
   * service did not ask the client to wait.
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
