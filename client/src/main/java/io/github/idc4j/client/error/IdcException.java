package io.github.idc4j.client.error;

import io.github.idc4j.client.paging.Checkpoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every failure of the client is. No message holds an ID token or a page token. */
public abstract class IdcException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private transient @Nullable Checkpoint checkpoint;

  IdcException(String message) {
    super(message);
  }

  IdcException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Returns where to go on from, if this ended a walk over rows: after the row that was delivered
   * last. See {@link io.github.idc4j.client.paging.Paged#from}.
   */
  public Optional<Checkpoint> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }

  /** Says where the walk was that this ended; called by the walk. */
  public void at(Checkpoint place) {
    checkpoint = place;
  }
}
