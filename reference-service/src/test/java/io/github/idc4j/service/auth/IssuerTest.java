package io.github.idc4j.service.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.idc4j.service.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Tests that the issuer verifies the claims of a token in each request, although it verifies the
 * signature only once.
 */
class IssuerTest {

  private final MovableClock clock = new MovableClock();

  @Test
  void aTokenThatWasGoodExpires() throws InvalidTokenException {
    Issuer issuer = new Issuer(Keys.random().issuer(), clock);
    String token = issuer.issue("me@example.org", Duration.ofMinutes(5));
    for (int i = 0; i < 2; i++) {
      assertThat(issuer.verify(token, false)).isEqualTo(new Caller.User("me@example.org"));
    }
    clock.advance(Duration.ofMinutes(6));

    assertThatExceptionOfType(InvalidTokenException.class)
        .isThrownBy(() -> issuer.verify(token, false))
        .withMessageContaining("Expired");
  }

  @Test
  void anAlteredTokenIsRefusedBesideTheGoodOne() throws InvalidTokenException {
    Issuer issuer = new Issuer(Keys.random().issuer(), clock);
    String token = issuer.issue("me@example.org", Duration.ofMinutes(5));
    issuer.verify(token, false);
    char[] other = token.toCharArray();
    int place = token.lastIndexOf('.') + 5;
    other[place] = other[place] == 'A' ? 'B' : 'A';

    assertThatExceptionOfType(InvalidTokenException.class)
        .isThrownBy(() -> issuer.verify(new String(other), false));
  }
}
