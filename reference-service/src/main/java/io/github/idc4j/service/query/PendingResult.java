package io.github.idc4j.service.query;

import io.github.idc4j.service.result.Result;
import io.github.idc4j.service.result.ResultFolder;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The result of a query that may still be running. Only {@link Results} accesses the mutable
 * fields, under its lock.
 */
final class PendingResult {

  private static final Logger LOG = LoggerFactory.getLogger(PendingResult.class);

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

  /** Creates a result that an earlier process computed. */
  PendingResult(ResultFolder.Found found) {
    this(found.id(), Optional.empty(), found.begun());
    future.complete(found.result());
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
      record();
    }
  }

  /** Records the time of the latest walk in the file of the result, if there is one. */
  void record() {
    if (isComputed()) {
      try {
        future.join().begun(lastBegun);
      } catch (IOException e) {
        LOG.warn("After a restart, the result {} expires too early", id, e);
      }
    }
  }

  /** Returns whether the query failed, or its stored rows are damaged. */
  boolean isFailed() {
    return future.isCompletedExceptionally() || (future.isDone() && future.join().isEnded());
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
