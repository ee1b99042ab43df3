package io.github.idc4j.service.query;

/** Thrown if a query would exceed the {@link QueryLimits}. The message names the limit. */
public final class TooManyQueriesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooManyQueriesException(String message) {
    super(message);
  }
}
