package io.github.idc4j.client.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import okhttp3.Headers;

/** The header {@code Retry-After}, in either of its forms. */
final class RetryAfter {

  private RetryAfter() {}

  /** Returns how long to wait; negative for a date that is past, empty without a valid header. */
  static Optional<Duration> of(Headers headers, Clock clock) {
    String found = headers.get("Retry-After");
    String value = found == null ? "" : found;
    if (value.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(clock.instant(), then));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
