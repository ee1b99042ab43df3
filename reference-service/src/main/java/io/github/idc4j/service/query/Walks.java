package io.github.idc4j.service.query;

import io.github.idc4j.service.bucket.ListingException;
import io.github.idc4j.service.engine.EngineRows;
import io.github.idc4j.service.engine.Query;
import io.github.idc4j.service.engine.QueryEngine;
import io.github.idc4j.service.result.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
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

  private static final long CANCEL_MILLIS = 50;

  private static final String STOPPING = "the service is stopping";

  private final QueryEngine engine;
  private final Path folder;
  private final Duration wait;
  private final ResultLimits limits;
  private final Results results;

  /**
   * Compute results. Each thread stores a result before it computes the next result, so few results
   * are in memory at the same time.
   */
  private final ExecutorService queries;

  /** Find results of other processes. Separate from queries, which can take much longer. */
  private final ExecutorService searches = Executors.newCachedThreadPool(Walks::thread);

  /** The walks with unfinished waits. The ID of any other walk is the ID of its result. */
  private final ConcurrentMap<UUID, SlowWalk> slowWalks = new ConcurrentHashMap<>();

  private record SlowWalk(UUID result, AtomicInteger unfinishedWaits) {}

  /**
   * Creates an instance without walks.
   *
   * @param lifetime how long a result is valid after the latest walk over it began
   * @param wait how long {@link #await} waits for a query
   */
  public Walks(
      QueryEngine engine, Clock clock, Duration lifetime, Duration wait, ResultLimits limits)
      throws IOException {
    this.engine = engine;
    this.wait = wait;
    this.limits = limits;
    this.results = new Results(clock, lifetime, limits);
    this.queries = Executors.newFixedThreadPool(engine.concurrency(), Walks::thread);
    this.folder = Files.createTempDirectory("idc4j-rows-");
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "idc4j-query");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Begins a walk and returns its ID. Walks with equal queries share an ID.
   *
   * @param user the user whose limit the result counts towards
   * @param unfinishedWaits how many calls of {@link #await} for this walk return {@link
   *     Outcome.Unfinished} immediately, even if the query has finished; if positive, the walk does
   *     not share its ID, and only this process knows the walk
   */
  public UUID begin(Query query, String user, int unfinishedWaits) {
    PendingResult result =
        results.begin(
            query, user, started -> start(queries, started, () -> compute(started, query)));
    results.removeExcess(user).ifPresent(this::delete);
    deleteExcess();
    if (unfinishedWaits == 0) {
      return result.id();
    }
    UUID id = UUID.randomUUID();
    slowWalks.put(id, new SlowWalk(result.id(), new AtomicInteger(unfinishedWaits)));
    return id;
  }

  private static void start(ExecutorService threads, PendingResult result, Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      // The service is stopping.
      result.future().cancel(false);
    }
  }

  private void deleteExcess() {
    results.removeExcess().forEach(this::delete);
  }

  private void delete(PendingResult result) {
    slowWalks.values().removeIf(walk -> walk.result().equals(result.id()));
    var unused = result.future().thenAccept(Walks::delete);
  }

  private static void delete(Result result) {
    try {
      result.delete();
    } catch (SQLException | IOException e) {
      LOG.warn("A result can't be deleted", e);
    }
  }

  private void compute(PendingResult pending, Query query) {
    try {
      finish(pending, engine.run(pending.id(), query));
    } catch (SQLException | IOException | RuntimeException | Error e) {
      // Report every failure, because otherwise the walks over the result would wait forever.
      pending.future().completeExceptionally(e);
    }
  }

  private void find(PendingResult pending) {
    try {
      Optional<EngineRows> rows = engine.find(pending.id());
      if (rows.isPresent()) {
        finish(pending, rows.get());
      } else {
        fail(pending, new NoSuchElementException());
      }
    } catch (SQLException | IOException | RuntimeException | Error e) {
      fail(pending, e);
    }
  }

  /** Ends a search. The next wait searches again, because the failure may be temporary. */
  private void fail(PendingResult pending, Throwable failure) {
    results.remove(pending);
    pending.future().completeExceptionally(failure);
  }

  private void finish(PendingResult pending, EngineRows rows) throws IOException, SQLException {
    Path file = folder.resolve(pending.id() + ".rows");
    Result result = result(rows, file);
    if (!pending.future().complete(result)) {
      delete(result);
    } else if (!result.isStored()) {
      // Store the rows after the result is available, so that first pages need not wait for this.
      store(result, file);
    }
  }

  private Result result(EngineRows rows, Path file) throws IOException, SQLException {
    Result result = new Result(rows);
    try {
      if (rows.count() > limits.rows()) {
        throw new TooManyRowsException(rows.count(), limits.rows());
      }
      if (result.isSmall() && !result.isStored()) {
        result.store(file);
      }
      return result;
    } catch (SQLException | IOException | RuntimeException | Error e) {
      delete(result);
      throw e;
    }
  }

  private void store(Result result, Path file) {
    try {
      result.store(file);
    } catch (SQLException | IOException | RuntimeException | Error e) {
      if (queries.isShutdown()) {
        return;
      }
      LOG.warn(
          "A result stays in memory because it can't be written to %s. Free disk space, or set"
                  .formatted(folder)
              + " the Java option -Djava.io.tmpdir to a folder on another disk.",
          e);
    }
    deleteExcess();
  }

  /**
   * Waits for rows of a walk.
   *
   * @param from the number of the first row
   * @param maxRows the maximum number of rows
   * @return the outcome; empty if no walk has this ID, or if its result has expired or was deleted
   */
  public Optional<Outcome> await(UUID id, long from, long maxRows) throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    Optional<SlowWalk> slow = Optional.ofNullable(slowWalks.get(id));
    PendingResult result =
        results.find(
            slow.map(SlowWalk::result).orElse(id),
            started -> start(searches, started, () -> find(started)),
            this::delete);
    if (slow.isPresent()
        && slow.get().unfinishedWaits().getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return Optional.of(new Outcome.Unfinished());
    }
    try {
      Optional<Result.Reader> rows =
          result.future().get(wait.toNanos(), TimeUnit.NANOSECONDS).open();
      return rows.isEmpty()
          ? Optional.empty()
          : Optional.of(prepare(rows.get(), from, maxRows, deadline));
    } catch (TimeoutException e) {
      return Optional.of(new Outcome.Unfinished());
    } catch (CancellationException e) {
      return Optional.of(new Outcome.Failed(STOPPING));
    } catch (ExecutionException e) {
      return failure(e.getCause());
    }
  }

  private static Optional<Outcome> failure(Throwable cause) {
    if (cause instanceof NoSuchElementException) {
      return Optional.empty();
    }
    String reason = String.valueOf(cause.getMessage());
    return Optional.of(
        cause instanceof TooManyRowsException
            ? new Outcome.Refused(reason)
            : new Outcome.Failed(reason));
  }

  private static Outcome prepare(Result.Reader rows, long from, long maxRows, long deadline)
      throws InterruptedException {
    long first = Math.min(from, rows.count());
    long last = Math.min(first + maxRows, rows.count());
    boolean prepared = false;
    try {
      long to = rows.prepare(first, last).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      prepared = true;
      return new Outcome.Finished(rows, first, to);
    } catch (TimeoutException e) {
      return new Outcome.Unfinished();
    } catch (SQLException e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()));
    } catch (CancellationException e) {
      return new Outcome.Failed(STOPPING);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CancellationException) {
        return new Outcome.Failed(STOPPING);
      }
      String reason = String.valueOf(e.getCause().getMessage());
      return e.getCause() instanceof ListingException
          ? new Outcome.Unavailable(reason)
          : new Outcome.Failed(reason);
    } finally {
      if (!prepared) {
        close(rows);
      }
    }
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
   * deletes all results.
   */
  @Override
  public void close() throws IOException {
    queries.shutdownNow();
    searches.shutdownNow();
    List<PendingResult> all = results.removeAll();
    all.forEach(result -> result.future().cancel(false));
    all.forEach(this::delete);
    try {
      while (!queries.awaitTermination(CANCEL_MILLIS, TimeUnit.MILLISECONDS)
          || !searches.awaitTermination(CANCEL_MILLIS, TimeUnit.MILLISECONDS)) {
        engine.cancelAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
