package io.github.idc4j.service.query;

import io.github.idc4j.service.data.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Runs the queries of walks. A walk fetches the rows of one query, page by page.
 *
 * <p>The result of a query is computed once, in the background, and kept in a file. Walks with
 * equal queries share the result. A result expires when its lifetime has passed since the latest
 * walk over it began. It is deleted earlier if walks over too many other results have begun since
 * then.
 */
public final class Walks implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Walks.class);
  private static final int THREADS = 4;
  private static final long CANCEL_MILLIS = 50;

  /**
   * The maximum number of results. Beyond it, the result whose latest walk began longest ago is
   * deleted.
   */
  private static final int MAX_RESULTS = 200;

  private final Database database;
  private final Path folder;
  private final Clock clock;
  private final Duration lifetime;
  private final Duration wait;
  private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, Walks::thread);
  private final AtomicLong numbers = new AtomicLong();
  private final ConcurrentMap<Long, Walk> walks = new ConcurrentHashMap<>();
  private final Map<Sql, Result> results = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<Statement> running = ConcurrentHashMap.newKeySet();

  /**
   * The result of a query, which may still be running. All walks over the result have its number,
   * except walks with unfinished waits.
   */
  private static final class Result {
    private final long number;
    private final CompletableFuture<Rows> rows = new CompletableFuture<>();
    private volatile Instant lastBegun;

    private Result(long number, Instant lastBegun) {
      this.number = number;
      this.lastBegun = lastBegun;
    }
  }

  private record Walk(Result result, AtomicInteger unfinishedWaits) {}

  /**
   * Creates an instance without walks.
   *
   * @param lifetime how long a result is valid after the latest walk over it began
   * @param wait how long {@link #await} waits for a query
   */
  public Walks(Database database, Clock clock, Duration lifetime, Duration wait)
      throws IOException {
    this.database = database;
    this.clock = clock;
    this.lifetime = lifetime;
    this.wait = wait;
    this.folder = Files.createTempDirectory("idc4j-rows-");
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "idc4j-query");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Begins a walk and returns its number. Walks with equal queries share a number.
   *
   * @param unfinishedWaits how many calls of {@link #await} for this walk return {@link Unfinished}
   *     immediately, even if the query has finished; if positive, the walk does not share its
   *     number
   */
  public long begin(Sql sql, int unfinishedWaits) {
    Result result = result(sql);
    if (unfinishedWaits == 0) {
      return result.number;
    }
    long number = numbers.incrementAndGet();
    walks.put(number, new Walk(result, new AtomicInteger(unfinishedWaits)));
    return number;
  }

  private Result result(Sql sql) {
    synchronized (results) {
      Result result = results.get(sql);
      if (result == null || isGone(result) || result.rows.isCompletedExceptionally()) {
        forgetOld();
        result = begin(sql);
      }
      result.lastBegun = clock.instant();
      return result;
    }
  }

  private Result begin(Sql sql) {
    Result result = new Result(numbers.incrementAndGet(), clock.instant());
    executor.execute(() -> complete(result, sql));
    results.put(sql, result);
    walks.put(result.number, new Walk(result, new AtomicInteger()));
    return result;
  }

  private boolean isGone(Result result) {
    return result.lastBegun.isBefore(clock.instant().minus(lifetime));
  }

  private void forgetOld() {
    Iterator<Result> eldestFirst = results.values().iterator();
    while (eldestFirst.hasNext()) {
      Result result = eldestFirst.next();
      if (isGone(result) || results.size() >= MAX_RESULTS) {
        eldestFirst.remove();
        walks.values().removeIf(walk -> walk.result() == result);
        var unused = result.rows.thenAccept(Rows::delete);
      }
    }
    // A failed result that a new query replaced is no longer in the map. Its walks are removed here
    // after the result has expired.
    walks.values().removeIf(walk -> isGone(walk.result()));
  }

  private void complete(Result result, Sql sql) {
    try {
      result.rows.complete(run(sql, folder.resolve(result.number + ".ndjson")));
    } catch (SQLException | IOException | RuntimeException e) {
      result.rows.completeExceptionally(e);
    }
  }

  private Rows run(Sql sql, Path file) throws SQLException, IOException {
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "COPY ("
                    + sql.text()
                    + ") TO "
                    + Database.quote(file.toString())
                    + " (FORMAT json)")) {
      for (int i = 0; i < sql.values().size(); i++) {
        statement.setObject(i + 1, sql.values().get(i));
      }
      running.add(statement);
      try {
        statement.execute();
      } finally {
        running.remove(statement);
      }
      return Rows.in(file, statement.getUpdateCount());
    } catch (SQLException | IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** The outcome of waiting for a query. */
  public sealed interface Outcome {}

  /** The query has finished. */
  public record Finished(Rows rows) implements Outcome {}

  /** The query is still running. */
  public record Unfinished() implements Outcome {}

  /** The query failed. */
  public record Failed(String reason) implements Outcome {}

  /**
   * Waits for the query of a walk.
   *
   * @return the outcome; empty if no walk has this number, or if its result has expired or was
   *     deleted
   */
  public Optional<Outcome> await(long number) throws InterruptedException {
    Walk walk = walks.get(number);
    if (walk == null || isGone(walk.result())) {
      return Optional.empty();
    }
    if (walk.unfinishedWaits().getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return Optional.of(new Unfinished());
    }
    try {
      return Optional.of(
          new Finished(walk.result().rows.get(wait.toMillis(), TimeUnit.MILLISECONDS)));
    } catch (TimeoutException e) {
      return Optional.of(new Unfinished());
    } catch (CancellationException e) {
      return Optional.of(new Failed("the service is stopping"));
    } catch (ExecutionException e) {
      return Optional.of(new Failed(String.valueOf(e.getCause().getMessage())));
    }
  }

  /** Cancels running queries, releases waiting requests, and deletes all results. */
  @Override
  public void close() throws IOException {
    executor.shutdownNow();
    try {
      while (!executor.awaitTermination(CANCEL_MILLIS, TimeUnit.MILLISECONDS)) {
        cancel();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (results) {
      results.values().forEach(result -> result.rows.cancel(false));
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /**
   * Cancels running queries. A query that is about to start is not canceled, so {@link #close}
   * repeats this call.
   */
  private void cancel() {
    for (Statement statement : running) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        LOG.debug("A query can't be cancelled", e);
      }
    }
  }
}
