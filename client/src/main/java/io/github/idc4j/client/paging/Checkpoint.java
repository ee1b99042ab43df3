package io.github.idc4j.client.paging;

import io.github.idc4j.client.internal.position.Position;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A position in a walk. {@link Paged#resumeFrom} resumes from it, even in another process.
 * Immutable.
 *
 * <p>A checkpoint expires after about a day, together with its page token; see {@link
 * Paged#resumeFrom}.
 *
 * <p>{@link #text()} contains a page token, but no ID token. The page token works only for the user
 * who requested the result. {@code toString} omits the page token.
 *
 * <pre>{@code
 * Files.writeString(file, walk.checkpoint().text());
 * ...
 * Checkpoint checkpoint = Checkpoint.parse(Files.readString(file));
 * client.previewManifest(cohort, GCS_URL).resumeFrom(checkpoint).forEach(this::process);
 * }</pre>
 */
public final class Checkpoint {

  private final Position position;

  private Checkpoint(Position position) {
    this.position = position;
  }

  /**
   * Parses the text of a checkpoint. Whitespace around the text is ignored.
   *
   * @throws IllegalArgumentException if the argument is not the text of a checkpoint
   */
  public static Checkpoint parse(String text) {
    return new Checkpoint(Position.parse(text));
  }

  /**
   * Returns the text of this checkpoint, which {@link #parse} accepts: one line without whitespace.
   */
  public String text() {
    return position.text();
  }

  /**
   * Returns a short string that identifies the result: service, cohort, and columns or fields.
   * {@link Paged#resumeFrom} accepts only checkpoints with the fingerprint of its own result.
   */
  public String fingerprint() {
    return position.fingerprint();
  }

  /**
   * Returns the number of rows that were delivered before this position, counted from the first row
   * of the result.
   */
  public long rows() {
    return position.rows();
  }

  /** Returns how many of the delivered rows belong to the page that contains the next row. */
  public long rowsOfPage() {
    return position.rowsOfPage();
  }

  /** Returns the number of pages before the page that contains the next row. */
  public int pages() {
    return position.pages();
  }

  /** Returns the token of the page that contains the next row; empty for the first page. */
  public Optional<PageToken> token() {
    return PageToken.of(position.pageToken());
  }

  /** Returns whether the last row of the result was delivered. */
  public boolean isComplete() {
    return position.complete();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Checkpoint checkpoint && position.equals(checkpoint.position);
  }

  @Override
  public int hashCode() {
    return position.hashCode();
  }

  @Override
  public String toString() {
    return "Checkpoint[rows=" + rows() + ", pages=" + pages() + ", complete=" + isComplete() + "]";
  }
}
