package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.run.Status;

/** The texts for the statuses of checks, which all reports use. */
final class StatusText {

  private StatusText() {}

  /** Returns the text for the status of one check. */
  static String of(Status status) {
    return switch (status) {
      case PASS -> "passed";
      case FAIL -> "failed";
      case WARN -> "warning";
      case KNOWN -> "known failure";
      case SKIP -> "skipped";
      case NOT_OFFERED -> "not offered";
      case AWAY -> "no response";
      case SLOW -> "too slow";
      case ERROR -> "suite error";
    };
  }

  /** Returns the text for a status as an identifier for programs, such as {@code not-offered}. */
  static String id(Status status) {
    return of(status).replace(' ', '-');
  }

  /** Returns the text that follows the number of checks with a status. */
  static String after(long count, Status status) {
    return switch (status) {
      case AWAY -> "without a response";
      case WARN, KNOWN, ERROR -> count == 1 ? of(status) : of(status) + "s";
      default -> of(status);
    };
  }
}
