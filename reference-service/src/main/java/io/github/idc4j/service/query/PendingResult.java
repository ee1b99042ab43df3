package io.github.idc4j.service.query;

import io.github.idc4j.service.result.Result;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The result of a query that may still be running. Only {@link Results} accesses the mutable
 * fields, under its lock.
 */
final class PendingResult {

  private final UUID id;
  private final Optional<QueryKey> query;
  private final CompletableFuture<Result> future = new CompletableFuture<>();
  private final Set<String> users = new HashSet<>();
  private Instant lastBegun;

  /**
   * Creates a result that has not been computed yet.
   *
   * @param id the ID of the query, which is also the ID of its walks
   * @param query the query; empty if another process began it
   * @param begun the time at which a walk over the result began
   */
  PendingResult(UUID id, Optional<QueryKey> query, Instant begun) {
    this.id = id;
    this.query = query;
    this.lastBegun = begun;
  }

  UUID id() {
    return id;
  }

  Optional<QueryKey> query() {
    return query;
  }

  CompletableFuture<Result> future() {
    return future;
  }

  /** Returns the users whose limits the result counts towards, as a modifiable set. */
  Set<String> users() {
    return users;
  }

  /** Returns the time at which the latest walk over the result began. */
  Instant lastBegun() {
    return lastBegun;
  }

  /**
   * Extends the lifetime of the result, because another walk over it began. Has no effect if the
   * engine deletes the rows at a fixed time.
   */
  void begun(Instant now) {
    if (!isComputed() || !future.join().expires()) {
      lastBegun = now;
    }
  }

  boolean isFailed() {
    return future.isCompletedExceptionally();
  }

  private boolean isComputed() {
    return future.isDone() && !isFailed();
  }

  /** Returns the bytes that the result uses; 0 if it has not been computed yet. */
  long bytes() {
    return isComputed() ? future.join().bytes() : 0;
  }

  /** Returns whether the rows have been computed, but are not stored yet. */
  boolean isInMemory() {
    return isComputed() && !future.join().isStored();
  }
}
