package io.github.idc4j.client.internal.net;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}, in either of its forms. */
public final class RetryAfter {

  private static final Pattern SECONDS = Pattern.compile("[0-9]+");

  /** Longer than any wait; more digits would not fit a duration. */
  private static final int MAX_DIGITS = 12;

  private static final Duration FOREVER = Duration.ofSeconds(1_000_000_000_000L);

  private RetryAfter() {}

  /** Returns how long to wait; negative for a date in the past, null without a valid header. */
  public static @Nullable Duration of(Headers headers, Clock clock) {
    String value = headers.get("Retry-After");
    if (value == null) {
      return null;
    }
    if (SECONDS.matcher(value).matches()) {
      return value.length() > MAX_DIGITS ? FOREVER : Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Duration.between(clock.instant(), then);
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }
}
