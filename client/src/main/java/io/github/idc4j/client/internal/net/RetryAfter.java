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

/** Parses the {@code Retry-After} header, which contains seconds or a date. */
public final class RetryAfter {

  private static final Pattern SECONDS = Pattern.compile("[0-9]+");

  /** A number with more digits might not fit a duration; {@link #FOREVER} is used instead. */
  private static final int MAX_DIGITS = 12;

  private static final Duration FOREVER = Duration.ofSeconds(1_000_000_000_000L);

  private RetryAfter() {}

  /**
   * Returns how long to wait. Negative if the date is in the past; null if there is no valid
   * header.
   */
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
