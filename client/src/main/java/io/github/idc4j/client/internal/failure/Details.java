package io.github.idc4j.client.internal.failure;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The data that all exceptions of the client have in common. The constructors of these exceptions
 * need this data. Because this package is not exported, only the client can call these
 * constructors.
 *
 * @param operation operation ID, such as {@code previewManifest}; empty if no operation was called
 * @param message what failed, why, and what to do next; must not contain secrets
 * @param cause null if there is no cause
 * @param checkpoint text of the checkpoint to resume from; null if the failure did not end a walk
 */
public record Details(
    String operation, String message, @Nullable Throwable cause, @Nullable String checkpoint) {

  /** Checks that the operation and the message are not null. */
  public Details {
    Objects.requireNonNull(operation);
    Objects.requireNonNull(message);
  }
}
