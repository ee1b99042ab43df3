package io.github.idc4j.client.http;

import java.time.Duration;
import java.util.Optional;

/**
 * Describes one HTTP request and its response. The client creates the event after it has read the
 * response, or after the attempt has failed. Contains no secrets. Immutable.
 *
 * <pre>{@code
 * IdcClient.builder()
 *     .onAttempt(event -> timer(event.operation(), event.status()).record(event.duration()))
 *     .build();
 * }</pre>
 *
 * @param operation ID of the operation in the specification, such as {@code previewManifest}; for
 *     each page of a walk, the ID of the operation that requested the first page
 * @param attempt number of the request within the operation or page, starting with 1
 * @param status HTTP status code; 0 if there was no response
 * @param duration time from the start of the attempt, including the time to get the ID token, to
 *     the end of the response or to the failure
 * @param responseBytes number of bytes of the response body that were read, after decompression
 * @param retryReason why the client sent the request again: {@code pending} for a poll, {@code new
 *     ID token}, or the {@code failure} of the previous attempt; empty for the first attempt
 * @param failure why the attempt failed: {@code status 503}, {@code timeout}, {@code canceled},
 *     {@code invalid response}, {@code invalid page token}, {@code response too large}, {@code no
 *     ID token}, or the name of an exception such as {@code ConnectException}; empty if the status
 *     code is 200 or 202 and the response is valid
 * @param url URL of the request, with any page token masked
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

  /** Returns whether the request was a poll for a pending query. */
  public boolean isPoll() {
    return retryReason.filter("pending"::equals).isPresent();
  }

  /** Returns whether the request was a retry after a failed request. */
  public boolean isRetry() {
    return retryReason.isPresent() && !isPoll();
  }
}
