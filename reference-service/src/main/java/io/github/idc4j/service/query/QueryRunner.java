package io.github.idc4j.service.query;

import io.github.idc4j.service.engine.EngineRows;
import io.github.idc4j.service.engine.Query;
import io.github.idc4j.service.engine.QueryEngine;
import io.github.idc4j.service.result.Result;
import io.github.idc4j.service.result.ResultFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs queries in the background, stores their rows, and deletes results. Safe for use by several
 * threads.
 */
final class QueryRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(QueryRunner.class);

  private static final long CANCEL_MILLIS = 50;

  private final QueryEngine engine;
  private final Results results;
  private final long maxRows;
  private final QueryLimits limits;
  private final QueryQueue queue;
  private final ResultFolder folder;

  /**
   * Compute results. Each thread stores a result before it computes the next result, so few results
   * are in memory at the same time.
   */
  private final ExecutorService queries;

  /**
   * Find results of other processes and cancel queries. Separate from queries, which can take much
   * longer.
   */
  private final ExecutorService helpers = Executors.newCachedThreadPool(QueryRunner::thread);

  /** The IDs of the queries that the engine runs, or is about to run. */
  private final Set<UUID> running = ConcurrentHashMap.newKeySet();

  /**
   * Creates an instance, and adds the results of earlier processes.
   *
   * @param results the results that the queries belong to
   * @param maxRows the maximum number of rows in a result
   * @param kept the folder in which results are kept; if empty, {@link #close} deletes all results
   */
  QueryRunner(
      QueryEngine engine, Results results, QueryLimits limits, long maxRows, Optional<Path> kept)
      throws IOException {
    this.engine = engine;
    this.results = results;
    this.maxRows = maxRows;
    this.limits = limits;
    this.queue = new QueryQueue(limits);
    this.queries =
        Executors.newFixedThreadPool(
            Math.min(engine.concurrency(), limits.running()), QueryRunner::thread);
    this.folder = ResultFolder.open(kept);
    results.add(folder.find());
    deleteExcess();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "idc4j-query");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Runs the query of a result, when it is the turn of its caller.
   *
   * @throws TooManyQueriesException if there are too many queries
   */
  void run(PendingResult result, Query query, String caller) {
    queue.add(
        new QueryQueue.Entry(
            result.id(), caller, query.shown().length(), () -> compute(result, query)));
    // Each thread takes the query whose turn it is, which may be another one.
    start(queries, result, () -> queue.next().ifPresent(this::run));
  }

  private void run(QueryQueue.Entry entry) {
    try {
      entry.task().run();
    } finally {
      queue.ended(entry);
    }
  }

  /** Returns the number of queries that run. */
  int running() {
    return running.size();
  }

  /** Returns the number of queries that wait until they can run. */
  int queued() {
    return queue.length();
  }

  /** Finds the rows of a result, whose query another process may have begun. */
  void find(PendingResult result) {
    start(helpers, result, () -> search(result));
  }

  private static void start(ExecutorService threads, PendingResult result, Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      // The service is stopping.
      result.future().cancel(false);
    }
  }

  private void compute(PendingResult pending, Query query) {
    running.add(pending.id());
    try {
      // The result may have been deleted while its query waited for a thread.
      if (!pending.future().isDone()) {
        limitTime(pending);
        finish(pending, engine.run(pending.id(), query));
      }
    } catch (SQLTransientException e) {
      fail(pending, e);
    } catch (SQLException | RuntimeException | Error e) {
      // Report every failure, because otherwise the walks over the result would wait forever.
      pending.future().completeExceptionally(e);
    } finally {
      running.remove(pending.id());
    }
  }

  private void limitTime(PendingResult pending) {
    var unused =
        pending
            .future()
            .copy()
            .orTimeout(limits.time().toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete(
                (result, failure) -> {
                  if (failure instanceof TimeoutException
                      && pending
                          .future()
                          .completeExceptionally(LimitException.time(limits.time()))) {
                    cancel(pending.id());
                  }
                });
  }

  private void search(PendingResult pending) {
    try {
      Optional<EngineRows> rows = engine.find(pending.id());
      if (rows.isPresent()) {
        finish(pending, rows.get());
      } else {
        fail(pending, new NoSuchElementException());
      }
    } catch (SQLException | RuntimeException | Error e) {
      fail(pending, e);
    }
  }

  /**
   * Ends a query or a search whose failure may be temporary. The next wait searches for the rows,
   * because the query may have finished.
   */
  private void fail(PendingResult pending, Throwable failure) {
    results.remove(pending);
    pending.future().completeExceptionally(failure);
  }

  private void finish(PendingResult pending, EngineRows rows) {
    Path file = folder.file(pending.id());
    Result result = result(rows, file);
    if (!pending.future().complete(result)) {
      delete(result);
      return;
    }
    if (!result.isStored() && !result.isSmall()) {
      // Store the rows after the result is available, so that first pages need not wait for this.
      store(result, file);
      deleteExcess();
    }
    results.stored(pending);
  }

  private Result result(EngineRows rows, Path file) {
    Result result = new Result(rows);
    if (rows.count() > maxRows) {
      delete(result);
      throw LimitException.rows(rows.count(), maxRows);
    }
    if (result.isSmall() && !result.isStored()) {
      store(result, file);
    }
    return result;
  }

  private void store(Result result, Path file) {
    try {
      result.store(file, folder.isKept());
    } catch (SQLException | IOException | RuntimeException | Error e) {
      if (queries.isShutdown()) {
        return;
      }
      LOG.warn(
          "A result stays in memory because it can't be written to %s. Free disk space, or choose a"
                  .formatted(file)
              + " folder on another disk: with the Java option -Djava.io.tmpdir, or with the state"
              + " folder, if the service has one.",
          e);
    }
  }

  /** Deletes the results that have expired or exceed the limits. */
  void deleteExcess() {
    results.removeExcess().forEach(this::delete);
  }

  /**
   * Deletes a result that was removed from the results. If its query is still running, cancels the
   * query and ends the waits for it.
   */
  void delete(PendingResult result) {
    queue.remove(result.id());
    if (result.future().completeExceptionally(new NoSuchElementException())) {
      cancel(result.id());
    } else {
      var unused = result.future().thenAccept(QueryRunner::delete);
    }
  }

  private static void delete(Result result) {
    try {
      result.delete();
    } catch (SQLException | IOException e) {
      LOG.warn("A result can't be deleted", e);
    }
  }

  private static void close(Result result) {
    try {
      result.close();
    } catch (SQLException | IOException e) {
      LOG.warn("A result can't be closed", e);
    }
  }

  private void cancel(UUID id) {
    try {
      helpers.execute(
          () -> {
            try {
              // The engine cannot cancel a query that is about to start.
              while (running.contains(id) && engine.cancel(id)) {
                Thread.sleep(CANCEL_MILLIS);
              }
            } catch (InterruptedException e) {
              // The service is stopping, which cancels all queries.
              Thread.currentThread().interrupt();
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("The service is stopping, which cancels all queries", e);
    }
  }

  /**
   * Cancels running queries that other processes cannot find, releases waiting requests, and
   * deletes all results, except those that are kept.
   */
  @Override
  public void close() throws IOException {
    queries.shutdownNow();
    helpers.shutdownNow();
    for (PendingResult result : results.removeAll()) {
      result.future().cancel(false);
      var unused = result.future().thenAccept(QueryRunner::close);
    }
    try {
      while (!queries.awaitTermination(CANCEL_MILLIS, TimeUnit.MILLISECONDS)
          || !helpers.awaitTermination(CANCEL_MILLIS, TimeUnit.MILLISECONDS)) {
        running.forEach(engine::cancel);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    folder.close();
  }
}
