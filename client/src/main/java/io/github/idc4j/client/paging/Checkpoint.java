package io.github.idc4j.client.paging;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A place in a walk, to go on from later or in another process; see {@link Paged#from}.
 *
 * <p>Its text holds no ID token; the page token in it is of use to its user only. Immutable.
 *
 * <pre>{@code
 * Files.writeString(file, walk.checkpoint().toString());
 * ...
 * Checkpoint checkpoint = Checkpoint.parse(Files.readString(file));
 * for (ManifestRow row : client.previewManifest(cohort, GCS_URL).from(checkpoint)) { ... }
 * }</pre>
 *
 * @param fingerprint what tells the result from others
 * @param token token of the page that holds the next row; empty for the first page
 * @param pages pages before that one
 * @param rows rows delivered so far
 * @param rowsOfPage how many of them are of that page
 * @param ended whether all rows were delivered
 */
public record Checkpoint(
    String fingerprint,
    Optional<PageToken> token,
    int pages,
    long rows,
    long rowsOfPage,
    boolean ended) {

  private static final String PREFIX = "idc4j1.";
  private static final int PARTS = 6;

  /**
   * Reads the text of a checkpoint; white space around it is ignored.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Checkpoint parse(String text) {
    try {
      String stripped = text.strip();
      if (!stripped.startsWith(PREFIX)) {
        throw new IllegalArgumentException("no " + PREFIX);
      }
      byte[] decoded = Base64.getUrlDecoder().decode(stripped.substring(PREFIX.length()));
      String[] parts = new String(decoded, StandardCharsets.UTF_8).split("\n", PARTS);
      return new Checkpoint(
          parts[0],
          parts[5].isEmpty() ? Optional.empty() : Optional.of(new PageToken(parts[5])),
          Integer.parseInt(parts[1]),
          Long.parseLong(parts[2]),
          Long.parseLong(parts[3]),
          Boolean.parseBoolean(parts[4]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "This is not the text of a checkpoint: it begins with "
              + PREFIX
              + " and is kept whole, as Checkpoint.toString gave it",
          e);
    }
  }

  /** Returns a text of one line without spaces, for {@link #parse}. */
  @Override
  public String toString() {
    String plain =
        String.join(
            "\n",
            fingerprint,
            Integer.toString(pages),
            Long.toString(rows),
            Long.toString(rowsOfPage),
            Boolean.toString(ended),
            token.map(PageToken::text).orElse(""));
    return PREFIX
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns this place with another token of the same page. */
  Checkpoint with(PageToken newToken) {
    return new Checkpoint(fingerprint, Optional.of(newToken), pages, rows, rowsOfPage, ended);
  }
}
