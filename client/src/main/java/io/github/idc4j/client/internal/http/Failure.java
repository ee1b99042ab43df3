package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.error.IdcException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt or operation on its way to the caller. The exception that the caller sees is
 * created from it on the caller's thread, once, with the checkpoint of the caller's walk.
 */
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Whether another attempt may succeed. */
  enum Retry {
    NEVER,
    /** If the retry policy has connection failures. */
    BY_CONNECTION,
    /** If the retry policy has the status code. */
    BY_STATUS
  }

  private final transient Function<@Nullable String, IdcException> exception;
  private final Retry retry;
  private final int status;
  private final String reason;
  private final @Nullable Duration retryAfter;
  private final @Nullable String pageToken;

  private Failure(
      String reason,
      Retry retry,
      int status,
      @Nullable Duration retryAfter,
      @Nullable String pageToken,
      Function<@Nullable String, IdcException> exception) {
    super(reason, null, false, false);
    this.reason = reason;
    this.retry = retry;
    this.status = status;
    this.retryAfter = retryAfter;
    this.pageToken = pageToken;
    this.exception = exception;
  }

  /** Returns a failure without a response, or with one that can't be used. */
  static Failure of(
      String reason, Retry retry, Function<@Nullable String, IdcException> exception) {
    return new Failure(reason, retry, 0, null, null, exception);
  }

  /** Returns the failure of an error response. */
  static Failure of(
      int status,
      @Nullable Duration retryAfter,
      Function<@Nullable String, IdcException> exception) {
    return new Failure("status " + status, Retry.BY_STATUS, status, retryAfter, null, exception);
  }

  /**
   * Returns the failure to get a result in time.
   *
   * @param pageToken token of the page that is pending; null if absent
   */
  static Failure ofTimeout(
      String reason,
      Retry retry,
      @Nullable String pageToken,
      Function<@Nullable String, IdcException> exception) {
    return new Failure(reason, retry, 0, null, pageToken, exception);
  }

  /** Returns the token of the page that is pending; null if absent. */
  public @Nullable String pageToken() {
    return pageToken;
  }

  /**
   * Returns the exception for the caller.
   *
   * @param checkpoint text of the checkpoint to resume from; null outside of a walk
   */
  public IdcException toException(@Nullable String checkpoint) {
    return exception.apply(checkpoint);
  }

  Retry retry() {
    return retry;
  }

  /** Returns the status code of an error response; 0 for other failures. */
  int status() {
    return status;
  }

  /** Returns the failure in a few words, without secrets. */
  String reason() {
    return reason;
  }

  /** Returns how long the service asked to wait; null if it did not. */
  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
