package io.github.idc4j.client.internal.http;

import io.github.idc4j.client.error.IdcException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt or operation, before the caller sees it. The exception for the caller is created
 * later, when the checkpoint of the caller's walk is known.
 */
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Defines when another attempt may be made. */
  enum Retry {
    NEVER,
    /** Another attempt may be made if the retry policy includes connection failures. */
    BY_CONNECTION,
    /** Another attempt may be made if the retry policy includes the status code. */
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

  /** Returns a failure for a request without a usable response. */
  static Failure of(
      String reason, Retry retry, Function<@Nullable String, IdcException> exception) {
    return new Failure(reason, retry, 0, null, null, exception);
  }

  /** Returns the failure for an error response. */
  static Failure of(
      int status,
      @Nullable Duration retryAfter,
      Function<@Nullable String, IdcException> exception) {
    return new Failure("status " + status, Retry.BY_STATUS, status, retryAfter, null, exception);
  }

  /**
   * Returns the failure for a limit that was reached before there was a result.
   *
   * @param pageToken token of the page that was not fetched; null if there is no token
   */
  static Failure ofTimeout(
      String reason,
      Retry retry,
      @Nullable String pageToken,
      Function<@Nullable String, IdcException> exception) {
    return new Failure(reason, retry, 0, null, pageToken, exception);
  }

  /** Returns the token of the page that was not fetched; null if there is no token. */
  public @Nullable String pageToken() {
    return pageToken;
  }

  /**
   * Returns the exception for the caller.
   *
   * @param checkpoint text of the checkpoint to resume from; null if the failure did not end a walk
   */
  public IdcException toException(@Nullable String checkpoint) {
    return exception.apply(checkpoint);
  }

  Retry retry() {
    return retry;
  }

  /** Returns the status code of the error response; 0 for all other failures. */
  int status() {
    return status;
  }

  /** Returns a short description of the failure, without secrets. */
  String reason() {
    return reason;
  }

  /** Returns how long the service asked the client to wait; null if the service did not ask. */
  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
