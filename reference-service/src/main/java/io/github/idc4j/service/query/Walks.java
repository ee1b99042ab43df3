package io.github.idc4j.service.query;

import io.github.idc4j.service.data.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

/**
 * The walks that clients began. Each has a result, which is computed once, in the background, and
 * kept in a file; equal queries share one.
 */
public final class Walks implements AutoCloseable {

  private static final int THREADS = 4;

  /** Results kept at most; the one that was used longest ago goes first. */
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

  private record Result(CompletableFuture<Rows> rows, Instant begun) {}

  private record Walk(Result result, AtomicInteger unfinishedWaits) {}

  /**
   * Starts without walks.
   *
   * @param lifetime how long a result is kept
   * @param wait how long {@link #await} waits
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
   * Begins a walk and returns its number.
   *
   * @param unfinishedWaits how many of its waits end unfinished at once, whatever the query
   */
  public long begin(Sql sql, int unfinishedWaits) {
    long number = numbers.incrementAndGet();
    walks.put(number, new Walk(result(sql, number), new AtomicInteger(unfinishedWaits)));
    return number;
  }

  private Result result(Sql sql, long number) {
    synchronized (results) {
      forgetOld();
      Result known = results.get(sql);
      if (known == null || known.rows().isCompletedExceptionally()) {
        CompletableFuture<Rows> rows = new CompletableFuture<>();
        executor.execute(() -> complete(rows, sql, number));
        known = new Result(rows, clock.instant());
        results.put(sql, known);
      }
      return known;
    }
  }

  private void forgetOld() {
    Instant oldest = clock.instant().minus(lifetime);
    var entries = results.values().iterator();
    while (entries.hasNext()) {
      Result result = entries.next();
      if (result.begun().isBefore(oldest) || results.size() > MAX_RESULTS) {
        entries.remove();
        walks.values().removeIf(walk -> walk.result().equals(result));
        var unused = result.rows().thenAccept(Rows::delete);
      }
    }
  }

  private void complete(CompletableFuture<Rows> rows, Sql sql, long number) {
    try {
      rows.complete(run(sql, number));
    } catch (SQLException | IOException | RuntimeException e) {
      rows.completeExceptionally(e);
    }
  }

  private Rows run(Sql sql, long number) throws SQLException, IOException {
    Path file = folder.resolve(number + ".ndjson");
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "COPY (" + sql.text() + ") TO '" + file + "' (FORMAT json)")) {
      for (int i = 0; i < sql.values().size(); i++) {
        statement.setObject(i + 1, sql.values().get(i));
      }
      statement.execute();
      return Rows.in(file, statement.getUpdateCount());
    }
  }

  /** What a wait ended with. */
  public sealed interface Outcome {}

  /** The rows are there. */
  public record Finished(Rows rows) implements Outcome {}

  /** The query still runs. */
  public record Unfinished() implements Outcome {}

  /** The query failed. */
  public record Failed(String reason) implements Outcome {}

  /**
   * Waits for the rows of a walk.
   *
   * @return empty if there is no such walk, or its result is gone
   */
  public Optional<Outcome> await(long number) throws InterruptedException {
    Walk walk = walks.get(number);
    if (walk == null || walk.result().begun().isBefore(clock.instant().minus(lifetime))) {
      return Optional.empty();
    }
    if (walk.unfinishedWaits().getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return Optional.of(new Unfinished());
    }
    try {
      return Optional.of(
          new Finished(walk.result().rows().get(wait.toMillis(), TimeUnit.MILLISECONDS)));
    } catch (TimeoutException e) {
      return Optional.of(new Unfinished());
    } catch (ExecutionException e) {
      return Optional.of(new Failed(String.valueOf(e.getCause().getMessage())));
    }
  }

  /** Stops all queries and deletes all results. */
  @Override
  public void close() throws IOException {
    executor.shutdownNow();
    try {
      executor.awaitTermination(10, TimeUnit.SECONDS);
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
