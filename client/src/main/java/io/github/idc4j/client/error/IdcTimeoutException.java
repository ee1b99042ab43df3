package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A limit of the client ended the operation before there was a result; {@link #limit()} names it.
 *
 * <p>Resume a walk from {@link #checkpoint()}; a pending query then continues. Or fetch the page by
 * its {@link #pageToken()}.
 */
public final class IdcTimeoutException extends IdcException {

  private static final long serialVersionUID = 1L;

  /** The limits, named after the settings of the client's builder. */
  public enum Limit {
    /** One attempt took longer than {@code attemptTimeout}, and no retry was left. */
    ATTEMPT_TIMEOUT("attemptTimeout"),
    /** The operation, or one page of a walk, took longer than {@code totalTimeout}. */
    TOTAL_TIMEOUT("totalTimeout"),
    /** The walk took longer than {@code walkTimeout}. */
    WALK_TIMEOUT("walkTimeout"),
    /** The operation, or one page of a walk, needed more requests than {@code maxAttempts}. */
    MAX_ATTEMPTS("maxAttempts");

    private final String setting;

    Limit(String setting) {
      this.setting = setting;
    }

    /** Returns the name of the setting, such as {@code totalTimeout}. */
    public String setting() {
      return setting;
    }
  }

  private final Limit limit;
  private final Duration elapsed;
  private final int attempts;
  private final @Nullable String pageToken;

  /**
   * For the client only.
   *
   * @hidden
   */
  @SuppressWarnings("exports")
  public IdcTimeoutException(
      Details details, Limit limit, Duration elapsed, int attempts, @Nullable String pageToken) {
    super(details);
    this.limit = limit;
    this.elapsed = elapsed;
    this.attempts = attempts;
    this.pageToken = pageToken;
  }

  /** Returns the limit that was reached. */
  public Limit limit() {
    return limit;
  }

  /** Returns the time that was spent on the operation or page before the limit ended it. */
  public Duration elapsed() {
    return elapsed;
  }

  /** Returns the number of requests that were sent for the operation or page. */
  public int attempts() {
    return attempts;
  }

  /**
   * Returns the token with which to fetch the page that was not fetched in time. If its query was
   * pending, this is the token of the pending query. Empty for a first page whose query is not
   * pending.
   */
  public Optional<String> pageToken() {
    return Optional.ofNullable(pageToken);
  }
}
