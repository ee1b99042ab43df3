package io.github.idc4j.client.internal.http;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes a retired service. Such a service responds to most requests with plain 404 and 405
 * pages. Therefore the client requests {@code /about} and remembers the response.
 */
final class RetirementProbe {

  private volatile @Nullable Finding known;

  /**
   * The result of a request to {@code /about}.
   *
   * @param retirement the 410 response; null if the service is not retired
   */
  record Finding(@Nullable ErrorResponse retirement) {

    /**
     * Returns the result for a response to {@code /about}; null means that the response was not an
     * error.
     */
    static Finding of(@Nullable ErrorResponse error) {
      return new Finding(error != null && error.isRetired() ? error : null);
    }
  }

  /**
   * Returns the failure for an error response.
   *
   * @param about requests {@code /about}; returns null if there is no response
   */
  Failure explain(ErrorResponse error, Supplier<@Nullable Finding> about) {
    if (error.isRetired()) {
      return error.retiredFailure();
    }
    if (!error.mayBeRetired()) {
      return error.failure();
    }
    Finding finding = known;
    if (finding == null) {
      finding = about.get();
      known = finding;
    }
    return finding == null || finding.retirement() == null
        ? error.failure()
        : error.retired(finding.retirement()).retiredFailure();
  }
}
