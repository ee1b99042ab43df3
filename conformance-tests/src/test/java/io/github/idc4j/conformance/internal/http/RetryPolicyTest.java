package io.github.idc4j.conformance.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backoff before retries. */
class RetryPolicyTest {

  private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

  private static List<Duration> pauses(int status, String retryAfter) {
    List<Duration> pauses = new ArrayList<>();
    Duration waited = Duration.ZERO;
    Optional<Duration> pause = Optional.of(Duration.ZERO);
    for (int sent = 1; pause.isPresent(); sent++) {
      pause = RetryPolicy.DEFAULT.pause(sent, waited, status, retryAfter, NOW);
      pause.ifPresent(pauses::add);
      waited = pauses.stream().reduce(Duration.ZERO, Duration::plus);
    }
    return pauses;
  }

  @Test
  void makesEightAttemptsWithoutAResponseInAFewSeconds() {
    assertThat(pauses(0, "").stream().map(Duration::toMillis))
        .containsExactly(20L, 40L, 80L, 160L, 320L, 640L, 1280L);
  }

  @Test
  void retriesForLongerThanARateLimitOfAMinute() {
    assertThat(pauses(429, "").stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofSeconds(61), Duration.ofSeconds(90));
    assertThat(pauses(429, "60")).containsExactly(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | PT3S",
        "Wed, 25 Nov 2026 08:00:07 GMT | PT7S",
        "Wed, 25 Nov 2026 07:00:00 GMT | PT0S",
        "soon | PT0.02S"
      })
  void obeysRetryAfter(String retryAfter, Duration pause) {
    assertThat(RetryPolicy.DEFAULT.pause(1, Duration.ZERO, 503, retryAfter, NOW)).contains(pause);
  }

  @Test
  void stopsIfRetryAfterIsTooLong() {
    assertThat(RetryPolicy.DEFAULT.pause(1, Duration.ZERO, 503, "7200", NOW)).isEmpty();
  }
}
