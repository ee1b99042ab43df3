package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.internal.text.SafeText;
import io.github.idc4j.conformance.run.ConformanceResult;

/** Draws the verdict of a run as a small SVG image, for a README or a dashboard. */
final class Badge {

  private static final String LABEL = "idc4j conformance";
  private static final String NARROW = " fijlrt1";
  private static final double NARROW_WIDTH = 4.6;
  private static final double WIDTH = 7.1;
  private static final int PADDING = 8;

  private Badge() {}

  static String text(ConformanceResult result) {
    String verdict = verdict(result);
    int left = width(LABEL);
    int right = width(verdict);
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" viewBox="0 0 %1$d 20" \
        role="img" aria-labelledby="title">
          <title id="title">%2$s: %3$s</title>
          <clipPath id="shape"><rect width="%1$d" height="20" rx="4"/></clipPath>
          <g clip-path="url(#shape)">
            <rect width="%4$d" height="20" fill="#3b4148"/>
            <rect x="%4$d" width="%5$d" height="20" fill="%6$s"/>
          </g>
          <g fill="#fff" text-anchor="middle" font-family="Verdana, DejaVu Sans, sans-serif" \
        font-size="11" aria-hidden="true">
            <text x="%7$d" y="14" textLength="%8$d">%2$s</text>
            <text x="%9$d" y="14" textLength="%10$d">%3$s</text>
          </g>
        </svg>
        """
        .formatted(
            left + right,
            SafeText.xml(LABEL),
            SafeText.xml(verdict),
            left,
            right,
            color(result),
            left / 2,
            left - 2 * PADDING,
            left + right / 2,
            right - 2 * PADDING);
  }

  /**
   * Returns the verdict. The verdict is "no result" if no rule failed but the run does not pass,
   * for example because the list of known failures is out of date.
   */
  private static String verdict(ConformanceResult result) {
    long failed = new Summary(result).failedRules();
    if (failed > 0) {
      return "failing " + rules(failed);
    }
    return result.exitCode() == 0 ? "passing " + rules(result.verifiedRules().size()) : "no result";
  }

  private static String rules(long count) {
    return count == 1 ? "1 rule" : count + " rules";
  }

  private static String color(ConformanceResult result) {
    if (new Summary(result).failedRules() > 0) {
      return "#c4202c";
    }
    return result.exitCode() == 0 ? "#1a7f37" : "#5b6570";
  }

  private static int width(String text) {
    long narrow = text.chars().filter(character -> NARROW.indexOf(character) >= 0).count();
    return (int) Math.round(narrow * NARROW_WIDTH + (text.length() - narrow) * WIDTH) + 2 * PADDING;
  }
}
