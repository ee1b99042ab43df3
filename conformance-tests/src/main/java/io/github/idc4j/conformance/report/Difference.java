package io.github.idc4j.conformance.report;

/**
 * Two values, where they differ: long ends that they share, and what is too long, are left out.
 *
 * @param before the shared beginning
 * @param expected what follows it in the expected value
 * @param actual what follows it in the value that was actual
 * @param after the shared end
 */
record Difference(String before, String expected, String actual, String after) {

  private static final int SHARED = 200;
  private static final int OWN = 4000;
  private static final String CUT = " ... ";

  static Difference of(String expected, String actual) {
    int shorter = Math.min(expected.length(), actual.length());
    int start = 0;
    while (start < shorter && expected.charAt(start) == actual.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && expected.charAt(expected.length() - 1 - end)
            == actual.charAt(actual.length() - 1 - end)) {
      end++;
    }
    String before = expected.substring(0, start);
    String after = expected.substring(expected.length() - end);
    return new Difference(
        start > SHARED ? CUT + before.substring(start - SHARED) : before,
        own(expected.substring(start, expected.length() - end)),
        own(actual.substring(start, actual.length() - end)),
        end > SHARED ? after.substring(0, SHARED) + CUT : after);
  }

  private static String own(String text) {
    return text.length() > OWN ? text.substring(0, OWN) + CUT : text;
  }

  String wholeExpected() {
    return before + expected + after;
  }

  String wholeActual() {
    return before + actual + after;
  }
}
