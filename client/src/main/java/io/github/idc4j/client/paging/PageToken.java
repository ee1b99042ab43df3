package io.github.idc4j.client.paging;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a page of a result at the service. A page token is opaque, expires after about a day,
 * and works only for the user who requested the result. {@code toString} masks the token.
 *
 * @param text the token as the service sent it; not empty
 */
public record PageToken(String text) {

  /**
   * Validates the token.
   *
   * @throws IllegalArgumentException if the token is empty
   */
  public PageToken {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("A page token must not be empty.");
    }
  }

  /**
   * Returns the page token for the value in a response. The result is empty if the value is null or
   * an empty string, which means that there is no next page.
   */
  public static Optional<PageToken> of(@Nullable String text) {
    return text == null || text.isEmpty() ? Optional.empty() : Optional.of(new PageToken(text));
  }

  @Override
  public String toString() {
    return "PageToken[***]";
  }
}
