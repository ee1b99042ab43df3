package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The service has retired version 1 of the API. It responded with status code 410, either to the
 * operation itself or to {@code /about}.
 *
 * <p>A retired service responds to most operations with a 404 or 405 whose body is not the JSON of
 * the API. The client then requests {@code /about}. In this case, {@link #status()} returns the 404
 * or 405.
 */
public final class RetiredException extends ServiceException {

  private static final long serialVersionUID = 1L;

  private final String documentation;

  /**
   * Creates the exception. Only the client calls this constructor.
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

  /**
   * Returns the sentence in which the service names its successor; empty if there is no such
   * sentence.
   */
  public String documentation() {
    return documentation;
  }
}
