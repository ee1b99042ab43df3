package io.github.idc4j.service.query;

import io.github.idc4j.service.bucket.ListingException;
import io.github.idc4j.service.engine.Query;
import io.github.idc4j.service.engine.QueryEngine;
import io.github.idc4j.service.result.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the queries of walks. A walk fetches the rows of one query, page by page.
 *
 * <p>The result of a query is computed once, in the background. Walks with equal queries share the
 * result. A result expires when its lifetime has passed since the latest walk over it began. A
 * result is deleted earlier if the results exceed the {@link ResultLimits}.
 *
 * <p>If this process does not know a walk, the engine may find the rows of its query, because
 * another process began it.
 */
public final class Walks implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Walks.class);

  private static final String STOPPING = "the service is stopping";

  private final Duration wait;
  private final Results results;
  private final QueryRunner runner;

  /** The walks with unfinished waits. The ID of any other walk is the ID of its result. */
  private final ConcurrentMap<UUID, SlowWalk> slowWalks = new ConcurrentHashMap<>();

  private record SlowWalk(UUID result, AtomicInteger unfinishedWaits) {}

  /**
   * Creates an instance without walks.
   *
   * @param lifetime how long a result is valid after the latest walk over it began
   * @param wait how long {@link #await} waits for a query
   * @param kept the folder in which results are kept, so that later processes find them by the IDs
   *     of their walks; if empty, {@link #close} deletes all results
   */
  public Walks(
      QueryEngine engine,
      Clock clock,
      Duration lifetime,
      Duration wait,
      QueryLimits queries,
      ResultLimits limits,
      Optional<Path> kept)
      throws IOException {
    this.wait = wait;
    this.results = new Results(clock, lifetime, limits);
    this.runner = new QueryRunner(engine, results, queries, limits.rows(), kept);
  }

  /**
   * Begins a walk and returns its ID. Walks with equal queries share an ID.
   *
   * @param user the user whose limit the result counts towards
   * @param unfinishedWaits how many calls of {@link #await} for this walk return {@link
   *     Outcome.Unfinished} immediately, even if the query has finished; if positive, the walk does
   *     not share its ID, and only this process knows the walk
   * @throws TooManyQueriesException if the query would exceed a limit
   */
  public UUID begin(Query query, String user, int unfinishedWaits) {
    PendingResult result = results.begin(query, user, started -> runner.run(started, query, user));
    results.removeExcess(user).ifPresent(runner::delete);
    runner.deleteExcess();
    if (unfinishedWaits == 0) {
      return result.id();
    }
    slowWalks.values().removeIf(walk -> !results.contains(walk.result()));
    UUID id = UUID.randomUUID();
    slowWalks.put(id, new SlowWalk(result.id(), new AtomicInteger(unfinishedWaits)));
    return id;
  }

  /** Returns what queries and results use now. */
  public QueryStatistics statistics() {
    return new QueryStatistics(runner.running(), runner.queued(), results.size(), results.bytes());
  }

  /**
   * Waits for rows of a walk, without a thread.
   *
   * @param from the number of the first row
   * @param maxRows the maximum number of rows
   * @return completes with the outcome; empty if no walk has this ID, or if its result has expired
   *     or was deleted. The thread that completes it may be needed for other queries.
   */
  public CompletableFuture<Optional<Outcome>> await(UUID id, long from, long maxRows) {
    long deadline = System.nanoTime() + wait.toNanos();
    Optional<SlowWalk> slow = Optional.ofNullable(slowWalks.get(id));
    PendingResult result =
        results.find(slow.map(SlowWalk::result).orElse(id), runner::find, runner::delete);
    if (slow.isPresent()
        && slow.get().unfinishedWaits().getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return CompletableFuture.completedFuture(Optional.of(new Outcome.Unfinished()));
    }
    return until(deadline, result.future())
        .thenCompose(
            found ->
                found
                    .open()
                    .map(rows -> prepare(rows, from, maxRows, deadline))
                    .orElseGet(() -> CompletableFuture.failedFuture(new NoSuchElementException())))
        .handle((rows, failure) -> failure == null ? Optional.of(rows) : outcome(failure));
  }

  private static CompletableFuture<Outcome> prepare(
      Result.Reader rows, long from, long maxRows, long deadline) {
    long first = Math.min(from, rows.count());
    long last = Math.min(first + maxRows, rows.count());
    CompletableFuture<Long> prepared;
    try {
      prepared = rows.prepare(first, last);
    } catch (SQLException | RuntimeException e) {
      prepared = CompletableFuture.failedFuture(e);
    }
    return until(deadline, prepared)
        .whenComplete(
            (to, failure) -> {
              if (failure != null) {
                close(rows);
              }
            })
        .thenApply(to -> new Outcome.Finished(rows, first, to));
  }

  /** Returns a copy of a future that fails with {@link TimeoutException} at a time. */
  private static <T> CompletableFuture<T> until(long deadline, CompletableFuture<T> future) {
    return future.isDone()
        ? future
        : future.copy().orTimeout(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  private static Optional<Outcome> outcome(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof NoSuchElementException) {
      return Optional.empty();
    }
    if (cause instanceof TimeoutException) {
      return Optional.of(new Outcome.Unfinished());
    }
    if (cause instanceof CancellationException) {
      return Optional.of(new Outcome.Failed(STOPPING));
    }
    String reason = String.valueOf(cause.getMessage());
    if (cause instanceof LimitException) {
      return Optional.of(new Outcome.Refused(reason));
    }
    return Optional.of(
        cause instanceof ListingException
            ? new Outcome.Unavailable(reason)
            : new Outcome.Failed(reason));
  }

  private static void close(Result.Reader rows) {
    try {
      rows.close();
    } catch (SQLException | IOException e) {
      LOG.warn("A result can't be deleted", e);
    }
  }

  /**
   * Cancels running queries that other processes cannot find, releases waiting requests, and
   * deletes all results, except those that are kept.
   */
  @Override
  public void close() throws IOException {
    runner.close();
  }
}
