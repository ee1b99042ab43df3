package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The base class of the client's exceptions. Immutable and serializable.
 *
 * <p>Messages and {@code toString} never contain an ID token, a refresh token, or a page token, but
 * {@link #checkpoint()} can contain a page token. Protect the checkpoint as carefully as the rows,
 * because its page token gives access to them.
 *
 * <pre>{@code
 * try {
 *   rows.forEach(this::process);
 * } catch (IdcException e) {
 *   e.checkpoint().ifPresent(text -> save(text)); // later: rows.resumeFrom(Checkpoint.parse(text))
 * }
 * }</pre>
 */
public abstract class IdcException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String operation;
  private final @Nullable String checkpoint;

  IdcException(Details details) {
    super(details.message(), details.cause());
    this.operation = details.operation();
    this.checkpoint = details.checkpoint();
  }

  /**
   * Returns the ID that the failed operation has in the specification, such as {@code
   * previewManifest}; empty if no operation was called.
   */
  public String operation() {
    return operation;
  }

  /**
   * Returns the text of the checkpoint after the last row that was delivered; empty if the
   * exception did not end a walk. To resume the walk, pass this text to {@code Checkpoint.parse},
   * and pass the resulting checkpoint to {@code Paged.resumeFrom}.
   */
  public Optional<String> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }
}
