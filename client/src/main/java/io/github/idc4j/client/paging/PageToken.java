package io.github.idc4j.client.paging;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a page of a result at the service. It is opaque, expires after about a day, and works
 * only for the user who got it. Its {@code toString} masks it.
 *
 * @param text the token as the service sent it; not empty
 */
public record PageToken(String text) {

  /**
   * Checks that the token is not empty.
   *
   * @throws IllegalArgumentException if it is
   */
  public PageToken {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("A page token must not be empty.");
    }
  }

  /** Returns the token of a response; empty for null and the empty text, which mean the end. */
  public static Optional<PageToken> of(@Nullable String text) {
    return text == null || text.isEmpty() ? Optional.empty() : Optional.of(new PageToken(text));
  }

  @Override
  public String toString() {
    return "PageToken[***]";
  }
}
