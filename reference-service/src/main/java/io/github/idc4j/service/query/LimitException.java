package io.github.idc4j.service.query;

import java.time.Duration;

/** Thrown if a query exceeds a limit each time it runs. The message names the limit. */
final class LimitException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private LimitException(String message) {
    super(message);
  }

  static LimitException rows(long rows, long limit) {
    return new LimitException(
        "The result has %,d rows, but this service allows %,d. Add filters or use fewer columns."
            .formatted(rows, limit));
  }

  static LimitException time(Duration limit) {
    return new LimitException(
        "The query was canceled after %,d s, the limit of this service. Add filters or use fewer columns."
            .formatted(limit.toSeconds()));
  }
}
