package io.github.idc4j.conformance.http;

/**
 * Where a value in later requests comes from.
 *
 * @param before what stands before the value in a target, such as {@code next_page=}
 * @param value page token or cohort identifier, percent-encoded
 * @param command shell command that prints such a value
 */
record Origin(String before, String value, String command) {

  static final String OF_TOKEN = "next_page=";
  static final String OF_COHORT = "/";

  /** Returns where the value begins in the target of a request; -1 if it is not there. */
  int start(Call call) {
    int found = call.target().indexOf(before + value);
    if (found < 0) {
      return -1;
    }
    int end = found + before.length() + value.length();
    boolean whole = end == call.target().length() || "/?&".indexOf(call.target().charAt(end)) >= 0;
    return whole ? found + before.length() : -1;
  }
}
