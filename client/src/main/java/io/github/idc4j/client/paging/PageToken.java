package io.github.idc4j.client.paging;

/**
 * Stands for a page at the service; opaque, good for about a day, and for its user only.
 *
 * @param text the token as the service gave it; not empty
 */
public record PageToken(String text) {

  /** Refuses an empty text, which means that there is no page. */
  public PageToken {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("A page token is not empty");
    }
  }
}
