package io.github.idc4j.client.http;

import java.time.Duration;
import java.util.Optional;

/**
 * Describes one HTTP request and its response, after the response was read or the attempt failed.
 * Contains no secrets. Immutable.
 *
 * <pre>{@code
 * IdcClient.builder()
 *     .onAttempt(event -> timer(event.operation(), event.status()).record(event.duration()))
 *     .build();
 * }</pre>
 *
 * @param operation operation ID in the specification, such as {@code previewManifest}. All pages of
 *     a walk have the operation that began it
 * @param attempt number of the request within the operation or page, from 1
 * @param status HTTP status code; 0 if there was no response
 * @param duration from sending the request to the last byte of the response, or to the failure
 * @param responseBytes bytes of the response body that were read, after decompression
 * @param retryReason why the request was sent again: {@code pending} for a poll, {@code new ID
 *     token}, or the {@code failure} of the attempt before; empty for the first attempt
 * @param failure why the attempt gave no result: {@code status 503}, {@code timeout}, {@code
 *     canceled}, {@code invalid response}, {@code response too large}, {@code no ID token}, or the
 *     name of an exception such as {@code ConnectException}; empty after status code 200 or 202
 * @param url URL of the request; a page token in it is masked
 */
public record AttemptEvent(
    String operation,
    int attempt,
    int status,
    Duration duration,
    long responseBytes,
    Optional<String> retryReason,
    Optional<String> failure,
    String url) {

  /** Returns whether the request polled a pending query. */
  public boolean isPoll() {
    return retryReason.filter("pending"::equals).isPresent();
  }

  /** Returns whether the request repeated one that failed. */
  public boolean isRetry() {
    return retryReason.isPresent() && !isPoll();
  }
}
