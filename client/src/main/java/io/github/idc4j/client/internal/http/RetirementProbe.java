package io.github.idc4j.client.internal.http;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes a retired service, which responds to most requests with plain 404 and 405 pages: asks
 * its {@code /about}, and remembers the response.
 */
final class RetirementProbe {

  private volatile @Nullable Optional<ErrorResponse> known;

  /**
   * Returns the failure for an error response.
   *
   * @param about requests {@code /about}; returns null without a response, and empty if the service
   *     is not retired
   */
  Failure explain(ErrorResponse error, Supplier<@Nullable Optional<ErrorResponse>> about) {
    if (error.isRetired()) {
      return error.retiredFailure();
    }
    if (!error.mayBeRetired()) {
      return error.failure();
    }
    Optional<ErrorResponse> retirement = known;
    if (retirement == null) {
      retirement = about.get();
      known = retirement;
    }
    return retirement == null || retirement.isEmpty()
        ? error.failure()
        : error.retired(retirement.get()).retiredFailure();
  }
}
