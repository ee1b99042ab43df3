package io.github.idc4j.service.query;

import io.github.idc4j.service.engine.Query;
import io.github.idc4j.service.result.Result;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The result of a query that may still be running. Only {@link Results} accesses the mutable
 * fields, under its lock.
 */
final class PendingResult {

  private final long number;
  private final Query query;
  private final CompletableFuture<Result> future = new CompletableFuture<>();
  private final Set<String> users = new HashSet<>();
  private Instant lastBegun = Instant.MAX;

  /**
   * Creates a result that has not been computed yet.
   *
   * @param number the number of all walks over the result, except walks with unfinished waits
   */
  PendingResult(long number, Query query) {
    this.number = number;
    this.query = query;
  }

  long number() {
    return number;
  }

  Query query() {
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

  void begun(Instant now) {
    lastBegun = now;
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
