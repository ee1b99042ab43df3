package io.github.idc4j.client.error;

import io.github.idc4j.client.paging.PageToken;
import java.time.Duration;

/** The service answered 202 until the time for a page was over. */
public final class QueryTimeoutException extends IdcException {

  private static final long serialVersionUID = 1L;

  private final Duration elapsed;
  private final int attempts;
  private final transient PageToken token;

  /** Makes the exception. */
  public QueryTimeoutException(String operation, Duration elapsed, int attempts, PageToken token) {
    super(
        operation
            + ": the query was not ready after "
            + elapsed.toMillis()
            + " ms and "
            + attempts
            + " requests. It goes on at the service: give the token of this exception to"
            + " Paged.pages(PageToken) to wait on, or raise IdcClient.Builder.totalTimeout.");
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

  /** Returns the token to go on with. */
  public PageToken token() {
    return token;
  }
}
