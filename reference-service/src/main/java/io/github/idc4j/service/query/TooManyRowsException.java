package io.github.idc4j.service.query;

/** Thrown if a result has more rows than {@link ResultLimits} allow. */
final class TooManyRowsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooManyRowsException(long rows, long limit) {
    super(
        "The result has %,d rows, but this service allows %,d. Add filters or use fewer columns."
            .formatted(rows, limit));
  }
}
