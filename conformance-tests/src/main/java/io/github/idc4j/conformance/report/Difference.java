package io.github.idc4j.conformance.report;

/**
 * Two values, where they differ: long ends that they share, and what is too long, are left out.
 *
 * @param before the shared beginning
 * @param expected what follows it in the expected value
 * @param seen what follows it in the value that was seen
 * @param after the shared end
 */
record Difference(String before, String expected, String seen, String after) {

  private static final int SHARED = 200;
  private static final int OWN = 4000;
  private static final String CUT = " ... ";

  static Difference of(String expected, String seen) {
    int shorter = Math.min(expected.length(), seen.length());
    int start = 0;
    while (start < shorter && expected.charAt(start) == seen.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && expected.charAt(expected.length() - 1 - end) == seen.charAt(seen.length() - 1 - end)) {
      end++;
    }
    String before = expected.substring(0, start);
    String after = expected.substring(expected.length() - end);
    return new Difference(
        start > SHARED ? CUT + before.substring(start - SHARED) : before,
        own(expected.substring(start, expected.length() - end)),
        own(seen.substring(start, seen.length() - end)),
        end > SHARED ? after.substring(0, SHARED) + CUT : after);
  }

  private static String own(String text) {
    return text.length() > OWN ? text.substring(0, OWN) + CUT : text;
  }

  String wholeExpected() {
    return before + expected + after;
  }

  String wholeSeen() {
    return before + seen + after;
  }
}
