package io.github.idc4j.service.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.idc4j.service.MovableClock;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Tests that the issuer verifies the claims of a token in each request, although it verifies the
 * signature only once.
 */
class IssuerTest {

  private static final URI URL = URI.create("http://127.0.0.1:8080");

  private final MovableClock clock = new MovableClock();

  @Test
  void aTokenThatWasGoodExpires() throws Exception {
    Issuer issuer = new Issuer(Keys.random().issuer(), clock);
    TokenVerifier verifier = issuer.verifier();
    String token = issuer.issue(URL, "me@example.org", Duration.ofMinutes(5));
    for (int i = 0; i < 2; i++) {
      assertThat(verifier.verify(token, false)).isEqualTo(new Caller.User("me@example.org"));
    }
    clock.advance(Duration.ofMinutes(6));

    assertThatExceptionOfType(InvalidTokenException.class)
        .isThrownBy(() -> verifier.verify(token, false))
        .withMessageContaining("expired");
  }

  @Test
  void anAlteredTokenIsRefusedBesideTheGoodOne() throws Exception {
    Issuer issuer = new Issuer(Keys.random().issuer(), clock);
    TokenVerifier verifier = issuer.verifier();
    String token = issuer.issue(URL, "me@example.org", Duration.ofMinutes(5));
    verifier.verify(token, false);
    char[] other = token.toCharArray();
    int place = token.lastIndexOf('.') + 5;
    other[place] = other[place] == 'A' ? 'B' : 'A';

    assertThatExceptionOfType(InvalidTokenException.class)
        .isThrownBy(() -> verifier.verify(new String(other), false));
  }
}
