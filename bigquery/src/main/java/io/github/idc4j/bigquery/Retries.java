package io.github.idc4j.bigquery;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.retrying.BasicResultRetryAlgorithm;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.bigquery.BigQueryException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/**
 * Retries requests that fail for a reason that may be temporary. The library's own algorithm does
 * not retry server errors of each request.
 */
final class Retries extends BasicResultRetryAlgorithm<Object> {

  static final RetrySettings SETTINGS =
      RetrySettings.newBuilder()
          .setMaxAttempts(5)
          .setInitialRetryDelayDuration(Duration.ofMillis(250))
          .setRetryDelayMultiplier(2)
          .setMaxRetryDelayDuration(Duration.ofSeconds(4))
          .setTotalTimeoutDuration(Duration.ofSeconds(60))
          .build();

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERRORS = 500;

  /** The reasons with which BigQuery rejects requests that come too fast. The status is 403. */
  private static final Set<String> TOO_FAST = Set.of("rateLimitExceeded", "jobRateLimitExceeded");

  @Override
  public boolean shouldRetry(Throwable failure, Object response) {
    return mayBeTemporary(failure);
  }

  /** Returns whether a request that failed may succeed later. */
  static boolean mayBeTemporary(Throwable failure) {
    if (failure instanceof HttpResponseException http) {
      return http.getStatusCode() == TOO_MANY_REQUESTS
          || http.getStatusCode() >= SERVER_ERRORS
          || isTooFast(http);
    }
    return failure instanceof BigQueryException e
        ? e.isRetryable() || mayBeTemporary(e.getCause())
        : failure instanceof IOException;
  }

  private static boolean isTooFast(HttpResponseException failure) {
    return failure instanceof GoogleJsonResponseException json
        && json.getDetails() != null
        && json.getDetails().getErrors() != null
        && json.getDetails().getErrors().stream()
            .anyMatch(error -> TOO_FAST.contains(error.getReason()));
  }
}
