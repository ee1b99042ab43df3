package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Version 1 of the API is retired at this service: it responds with status code 410, or its {@code
 * /about} does. In the latter case {@link #status()} is the status code of the operation that was
 * called.
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

  /** Returns where the service refers its users to; empty if it does not say. */
  public String documentation() {
    return documentation;
  }
}
