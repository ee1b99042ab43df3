package io.github.idc4j.client.internal.position;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A position in a walk.
 *
 * @param fingerprint identifies the result
 * @param pageToken token of the page that contains the next row; empty for the first page
 * @param pages number of pages before the page that contains the next row
 * @param rows number of rows that were delivered so far
 * @param rowsOfPage how many of the delivered rows belong to the page that contains the next row
 * @param complete whether all rows were delivered
 */
public record Position(
    String fingerprint, String pageToken, int pages, long rows, long rowsOfPage, boolean complete) {

  private static final String PREFIX = "idc4j1.";
  private static final int PARTS = 6;

  /**
   * Validates the counts.
   *
   * @throws IllegalArgumentException if a count is impossible
   */
  public Position {
    if (pages < 0 || rowsOfPage < 0 || rows < rowsOfPage) {
      throw new IllegalArgumentException("Impossible counts");
    }
  }

  /** Returns the position before the first row. */
  public static Position start(String fingerprint) {
    return new Position(fingerprint, "", 0, 0, 0, false);
  }

  /** Returns this position with another token for the page that contains the next row. */
  public Position with(String newPageToken) {
    return new Position(fingerprint, newPageToken, pages, rows, rowsOfPage, complete);
  }

  /** Returns the position after more rows of the same page. */
  public Position plus(long newRows) {
    return new Position(
        fingerprint, pageToken, pages, rows + newRows, rowsOfPage + newRows, complete);
  }

  /**
   * Parses a string that {@link #text} returned. Whitespace around the string is ignored.
   *
   * @throws IllegalArgumentException if {@link #text} can't have returned the string
   */
  public static Position parse(String text) {
    try {
      String stripped = text.strip();
      if (!stripped.startsWith(PREFIX)) {
        throw new IllegalArgumentException("No prefix");
      }
      byte[] decoded = Base64.getUrlDecoder().decode(stripped.substring(PREFIX.length()));
      String[] parts = new String(decoded, StandardCharsets.UTF_8).split("\n", PARTS);
      return new Position(
          parts[0],
          parts[5],
          countable(Integer.parseInt(parts[1])),
          countable(Long.parseLong(parts[2])),
          Long.parseLong(parts[3]),
          Boolean.parseBoolean(parts[4]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      // Without the cause, because its message might quote a token.
      throw new IllegalArgumentException(
          "The text is not a checkpoint. Pass the whole text that Checkpoint.text() returned; it"
              + " starts with "
              + PREFIX);
    }
  }

  private static int countable(int pages) {
    if (pages > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException("Later pages could not be counted");
    }
    return pages;
  }

  private static long countable(long rows) {
    if (rows > Long.MAX_VALUE / 2) {
      throw new IllegalArgumentException("Later rows could not be counted");
    }
    return rows;
  }

  /** Returns the position as one line without whitespace. */
  public String text() {
    String plain =
        String.join(
            "\n",
            fingerprint,
            Integer.toString(pages),
            Long.toString(rows),
            Long.toString(rowsOfPage),
            Boolean.toString(complete),
            pageToken);
    return PREFIX
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }
}
