package io.github.idc4j.client.error;

import io.github.idc4j.client.paging.PageToken;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** There was no answer in time: the service answered 202, or failed, until the time was over. */
public final class QueryTimeoutException extends IdcException {

  private static final long serialVersionUID = 1L;

  private final Duration elapsed;
  private final int attempts;
  private final transient Optional<PageToken> token;

  /**
   * Makes the exception.
   *
   * @param last how the last attempt failed; null if it was answered 202
   */
  public QueryTimeoutException(
      String operation,
      Duration elapsed,
      int attempts,
      Optional<PageToken> token,
      @Nullable IdcException last) {
    super(
        operation
            + ": no result after "
            + elapsed.toMillis()
            + " ms and "
            + attempts
            + (attempts == 1 ? " request. " : " requests. ")
            + (token.isEmpty()
                ? ""
                : "The query goes on at the service: go on with checkpoint() and Paged.from, or with"
                    + " token() and Paged.pages. ")
            + "To wait longer, raise totalTimeout or walkTimeout of IdcClient.builder()."
            + (last == null ? "" : " The last attempt failed: " + last.getMessage()),
        last);
    this.elapsed = elapsed;
    this.attempts = attempts;
    this.token = token;
  }

  /** Returns how long the client waited for the page. */
  public Duration elapsed() {
    return elapsed;
  }

  /** Returns how many requests were sent for the page. */
  public int attempts() {
    return attempts;
  }

  /** Returns the token to go on with; empty if the service gave none yet. */
  public Optional<PageToken> token() {
    return token;
  }
}
