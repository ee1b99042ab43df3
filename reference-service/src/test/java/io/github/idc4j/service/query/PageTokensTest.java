package io.github.idc4j.service.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.auth.Keys;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokensTest {

  private final PageTokens tokens = new PageTokens(Keys.random().pageTokens());
  private final Position position =
      new Position(Family.QUERY, "user:a@example.org", UUID.randomUUID(), 123_456);

  @Test
  void standForTheirPosition() {
    assertThat(tokens.position(tokens.token(position), "user:a@example.org")).contains(position);
  }

  @Test
  void areOfTheContractsLengthAndAlphabet() {
    assertThat(tokens.token(position)).matches("[A-Za-z0-9_-]{288,498}={1,2}");
  }

  @Test
  void areNoUseToAnotherUserOrAnotherService() {
    String token = tokens.token(position);

    assertThat(tokens.position(token, "user:b@example.org")).isEmpty();
    assertThat(new PageTokens(Keys.random().pageTokens()).position(token, "user:a@example.org"))
        .isEmpty();
  }

  @Test
  void areRefusedWithAnyOneCharacterAltered() {
    String token = tokens.token(position);
    for (int i = 0; i < token.length(); i++) {
      for (char other : new char[] {'A', 'B', 'g', 'w', '_', '=', '+'}) {
        String altered = token.substring(0, i) + other + token.substring(i + 1);
        if (!altered.equals(token)) {
          assertThat(tokens.position(altered, "user:a@example.org")).as(altered).isEmpty();
        }
      }
    }
  }

  @Test
  void areRefusedWithoutTheirEndOrWithMore() {
    String token = tokens.token(position);

    assertThat(tokens.position(token.replace("=", ""), "user:a@example.org")).isEmpty();
    assertThat(tokens.position(token.substring(4), "user:a@example.org")).isEmpty();
    assertThat(tokens.position(token + "AAAA", "user:a@example.org")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "null", "====", "gAAAAA==", "\u00e9"})
  void areNotJustAnyText(String text) {
    assertThat(tokens.position(text, "user:a@example.org")).isEmpty();
  }
}
