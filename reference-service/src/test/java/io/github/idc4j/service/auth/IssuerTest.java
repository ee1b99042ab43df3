package io.github.idc4j.service.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** A token that was good is judged anew each time, but for its signature. */
class IssuerTest {

  private Instant now = Instant.parse("2026-11-25T08:00:00Z");

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  @Test
  void aTokenThatWasGoodExpires() throws InvalidTokenException {
    Issuer issuer = new Issuer(clock);
    String token = issuer.issue("me@example.org", Duration.ofMinutes(5));
    for (int i = 0; i < 2; i++) {
      assertThat(issuer.verify(token, false)).isEqualTo(new Caller.User("me@example.org"));
    }
    now = now.plus(Duration.ofMinutes(6));

    assertThatExceptionOfType(InvalidTokenException.class)
        .isThrownBy(() -> issuer.verify(token, false))
        .withMessageContaining("Expired");
  }

  @Test
  void anAlteredTokenIsRefusedBesideTheGoodOne() throws InvalidTokenException {
    Issuer issuer = new Issuer(clock);
    String token = issuer.issue("me@example.org", Duration.ofMinutes(5));
    issuer.verify(token, false);
    char[] other = token.toCharArray();
    int place = token.lastIndexOf('.') + 5;
    other[place] = other[place] == 'A' ? 'B' : 'A';

    assertThatExceptionOfType(InvalidTokenException.class)
        .isThrownBy(() -> issuer.verify(new String(other), false));
  }
}
