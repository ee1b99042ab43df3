package io.github.idc4j.client.internal.failure;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all exceptions of the client have in common. As this package is not exported, only the
 * client can create them.
 *
 * @param operation operation ID, such as {@code previewManifest}; empty if no operation was called
 * @param message what failed, why, and what to do; without secrets
 * @param cause null if absent
 * @param checkpoint text of the checkpoint to resume from; null if this did not end a walk
 */
public record Details(
    String operation, String message, @Nullable Throwable cause, @Nullable String checkpoint) {

  /** Checks that there is a message. */
  public Details {
    Objects.requireNonNull(operation);
    Objects.requireNonNull(message);
  }
}
