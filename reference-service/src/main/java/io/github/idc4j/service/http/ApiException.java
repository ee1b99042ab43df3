package io.github.idc4j.service.http;

/** Thrown to end a request with an error response. */
final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;

  private ApiException(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static ApiException of(int status, String message) {
    return new ApiException(status, status, message);
  }

  static ApiException badRequest(String message) {
    return of(400, message);
  }

  /** Returns an error for a request that exceeds a limit now, and may succeed later. */
  static ApiException tooMany(String message) {
    return of(429, message);
  }

  /** Returns an error for a request whose accounts or cohorts cannot be reached now. */
  static ApiException accountsUnavailable() {
    return of(503, "Accounts and cohorts are not available now. Try again later.");
  }

  /**
   * Returns an error whose {@code code} in the response body differs from the status code of the
   * response. The deployed service had such errors.
   */
  static ApiException contradictory(int status, int code, String message) {
    return new ApiException(status, code, message);
  }

  int status() {
    return status;
  }

  int code() {
    return code;
  }
}
