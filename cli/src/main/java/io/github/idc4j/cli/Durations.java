package io.github.idc4j.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Parses durations such as {@code 30s}, {@code 250ms} and {@code 2m}. */
final class Durations {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS);

  /** Times that are added to a clock must not overflow. */
  private static final Duration MAX = Duration.ofDays(30);

  private Durations() {}

  static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is not a duration. Use a whole number followed by ms, s, m or h, such as 30s");
    }
    Duration duration = Duration.of(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2)));
    if (duration.compareTo(MAX) > 0) {
      throw new TypeConversionException("'" + text + "' is longer than 720h");
    }
    return duration;
  }
}
