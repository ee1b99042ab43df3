package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Version 1 of the API is retired at this service: it responds with status code 410. A retired
 * service responds to most requests with a 404 or 405 without the API's JSON body; the client then
 * asks {@code /about} once, and {@link #status()} is 404 or 405.
 */
public final class RetiredException extends ServiceException {

  private static final long serialVersionUID = 1L;

  private final String documentation;

  /**
   * For the client only.
   *
   * @hidden
   */
  @SuppressWarnings("exports")
  public RetiredException(
      Details details,
      int status,
      int code,
      String serviceMessage,
      String url,
      @Nullable Duration retryAfter,
      String documentation) {
    super(details, status, code, serviceMessage, url, retryAfter);
    this.documentation = documentation;
  }

  /** Returns the service's sentence on where to find its successor; empty if it has none. */
  public String documentation() {
    return documentation;
  }
}
