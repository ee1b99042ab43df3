package io.github.idc4j.service.query;

import io.github.idc4j.service.engine.Query;
import io.github.idc4j.service.result.Result;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The result of a query, which may not be computed yet. {@link Results} guards what changes. */
final class PendingResult {

  private final long number;
  private final Query query;
  private final CompletableFuture<Result> future = new CompletableFuture<>();
  private final Set<String> users = new HashSet<>();
  private Instant lastBegun = Instant.MAX;

  /** Creates a result that is not computed yet. The number is that of the walks that never wait. */
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

  /** Returns the users who requested the result. */
  Set<String> users() {
    return users;
  }

  /** Returns when the last walk over the result began. */
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

  /** Returns the bytes of its file; 0 if it has none. */
  long bytes() {
    return isComputed() ? future.join().bytes() : 0;
  }

  /** Returns whether its rows are in memory and not yet stored. */
  boolean isInMemory() {
    return isComputed() && !future.join().isStored();
  }
}
