package io.github.idc4j.conformance.internal.http;

/**
 * Where a value in later requests comes from.
 *
 * @param before what stands before the value in a target, such as {@code next_page=}
 * @param value page token or cohort identifier, percent-encoded
 * @param command shell command that prints such a value
 */
record ValueSource(String before, String value, String command) {

  static final String OF_TOKEN = "next_page=";
  static final String OF_COHORT = "/";

  /** Returns where the value begins in the target of a request; -1 if it is not there. */
  int start(ApiRequest request) {
    int found = request.target().indexOf(before + value);
    if (found < 0) {
      return -1;
    }
    int end = found + before.length() + value.length();
    boolean whole =
        end == request.target().length() || "/?&".indexOf(request.target().charAt(end)) >= 0;
    return whole ? found + before.length() : -1;
  }
}
