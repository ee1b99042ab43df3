package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operation reached a limit of the client before it had a result. {@link #limit()} returns the
 * limit.
 *
 * <p>To continue a walk, resume it from {@link #checkpoint()}; a pending query then continues. To
 * fetch only the missing page, pass its {@link #pageToken()} to {@code Paged.pages}.
 */
public final class IdcTimeoutException extends IdcException {

  private static final long serialVersionUID = 1L;

  /** The limits. Each limit is named after a setting of the client's builder. */
  public enum Limit {
    /** One attempt took longer than {@code attemptTimeout}, and no further retry was allowed. */
    ATTEMPT_TIMEOUT("attemptTimeout"),
    /** The operation, or one page of a walk, took longer than {@code totalTimeout}. */
    TOTAL_TIMEOUT("totalTimeout"),
    /** The walk took longer than {@code walkTimeout}. */
    WALK_TIMEOUT("walkTimeout"),
    /**
     * The operation, or one page of a walk, needed more requests than {@code maxAttempts} allows.
     */
    MAX_ATTEMPTS("maxAttempts");

    private final String setting;

    Limit(String setting) {
      this.setting = setting;
    }

    /** Returns the name of the builder setting, such as {@code totalTimeout}. */
    public String setting() {
      return setting;
    }
  }

  private final Limit limit;
  private final Duration elapsed;
  private final int attempts;
  private final @Nullable String pageToken;

  /**
   * Creates the exception. Only the client calls this constructor.
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

  /** Returns the limit that the operation reached. */
  public Limit limit() {
    return limit;
  }

  /** Returns the time that the operation or page had taken when it reached the limit. */
  public Duration elapsed() {
    return elapsed;
  }

  /** Returns the number of requests that were sent for the operation or page. */
  public int attempts() {
    return attempts;
  }

  /**
   * Returns the token of the page that was not fetched in time. If the query is pending, this is
   * the token of the pending query. Empty if the page was a first page whose query was not pending,
   * or if the operation has no pages.
   */
  public Optional<String> pageToken() {
    return Optional.ofNullable(pageToken);
  }
}
