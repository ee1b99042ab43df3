package io.github.idc4j.service.query;

import io.github.idc4j.service.engine.Query;
import io.github.idc4j.service.engine.QueryEngine;
import io.github.idc4j.service.engine.Sql;
import io.github.idc4j.service.engine.TableScan;
import io.github.idc4j.service.result.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
 * The walks that clients began. Each has a result, which is computed once, in the background; equal
 * queries share one. A result is kept until its lifetime has passed since the last walk over it
 * began, or until others that were used later need its space.
 */
public final class Walks implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Walks.class);

  private static final int THREADS = 4;
  private static final long CANCEL_MILLIS = 50;

  private final QueryEngine engine;
  private final Path folder;
  private final Clock clock;
  private final Duration lifetime;
  private final Duration wait;
  private final ResultLimits limits;
  private final ExecutorService queries = Executors.newFixedThreadPool(THREADS, Walks::thread);
  private final ExecutorService storing = Executors.newSingleThreadExecutor(Walks::thread);
  private final AtomicLong numbers = new AtomicLong();
  private final ConcurrentMap<Long, Walk> walks = new ConcurrentHashMap<>();

  /** The one that was used longest ago is the first. */
  private final Map<Query, Entry> results = new LinkedHashMap<>(16, 0.75f, true);

  /** A result, whether it is there yet or not; its number is that of the walks that never wait. */
  private static final class Entry {
    private final long number;
    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private volatile Instant lastBegun;

    private Entry(long number, Instant lastBegun) {
      this.number = number;
      this.lastBegun = lastBegun;
    }

    /** Returns the bytes of its file; 0 if it has none. */
    private long bytes() {
      return result.isDone() && !result.isCompletedExceptionally() ? result.join().bytes() : 0;
    }
  }

  private record Walk(Entry entry, AtomicInteger unfinishedWaits) {}

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
    this.clock = clock;
    this.lifetime = lifetime;
    this.wait = wait;
    this.limits = limits;
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
  public long begin(Query query, int unfinishedWaits) {
    Entry entry = entry(query);
    if (unfinishedWaits == 0) {
      return entry.number;
    }
    long number = numbers.incrementAndGet();
    walks.put(number, new Walk(entry, new AtomicInteger(unfinishedWaits)));
    return number;
  }

  private Entry entry(Query query) {
    synchronized (results) {
      Entry entry = results.get(query);
      if (entry == null || isExpired(entry) || entry.result.isCompletedExceptionally()) {
        forget(limits.results() - 1);
        entry = begin(query);
      }
      entry.lastBegun = clock.instant();
      return entry;
    }
  }

  private Entry begin(Query query) {
    Entry entry = new Entry(numbers.incrementAndGet(), clock.instant());
    queries.execute(() -> complete(entry, query));
    results.put(query, entry);
    walks.put(entry.number, new Walk(entry, new AtomicInteger()));
    return entry;
  }

  private boolean isExpired(Entry entry) {
    return entry.lastBegun.isBefore(clock.instant().minus(lifetime));
  }

  /** Deletes expired results, and others beyond the limits. */
  private void forget(int maxResults) {
    synchronized (results) {
      long bytes = results.values().stream().mapToLong(Entry::bytes).sum();
      Iterator<Entry> eldestFirst = results.values().iterator();
      while (eldestFirst.hasNext()) {
        Entry entry = eldestFirst.next();
        boolean makesRoom = bytes > limits.bytes() && entry.bytes() > 0;
        if (isExpired(entry) || results.size() > maxResults || makesRoom) {
          eldestFirst.remove();
          bytes -= entry.bytes();
          walks.values().removeIf(walk -> walk.entry() == entry);
          // Deletion waits for those who read the result.
          var unused = entry.result.thenAcceptAsync(Walks::delete, storing);
        }
      }
      // Those that failed were replaced when they were asked for again.
      walks.values().removeIf(walk -> isExpired(walk.entry()));
    }
  }

  private static void delete(Result result) {
    try {
      result.delete();
    } catch (SQLException | IOException e) {
      LOG.warn("A result can't be deleted", e);
    }
  }

  private void complete(Entry entry, Query query) {
    try {
      Result result = new Result(engine.run(query));
      boolean stored = query instanceof TableScan || result.isSmall();
      if (query instanceof Sql && stored) {
        store(entry.number, result);
      }
      if (!entry.result.complete(result)) {
        delete(result);
      } else if (!stored) {
        // The first pages need not wait.
        storing.execute(() -> store(entry.number, result));
      }
    } catch (SQLException | RuntimeException | Error e) {
      // Otherwise its walks would wait for ever.
      entry.result.completeExceptionally(e);
    }
  }

  private void store(long number, Result result) {
    try {
      result.store(folder.resolve(number + ".rows"));
      forget(limits.results());
    } catch (SQLException | IOException | RuntimeException | Error e) {
      LOG.warn("A result stays in memory, because it can't be written to " + folder, e);
    }
  }

  /** The outcome of waiting for a query. */
  public sealed interface Outcome {}

  /** The result is there. */
  public record Finished(Result result) implements Outcome {}

  /** The query is still running. */
  public record Unfinished() implements Outcome {}

  /** The query failed. */
  public record Failed(String reason) implements Outcome {}

  /**
   * Waits for the result of a walk.
   *
   * @return the outcome; empty if no walk has this number, or if its result has expired or was
   *     deleted
   */
  public Optional<Outcome> await(long number) throws InterruptedException {
    Walk walk = walks.get(number);
    if (walk == null || isExpired(walk.entry())) {
      return Optional.empty();
    }
    if (walk.unfinishedWaits().getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return Optional.of(new Unfinished());
    }
    try {
      return Optional.of(
          new Finished(walk.entry().result.get(wait.toMillis(), TimeUnit.MILLISECONDS)));
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
    queries.shutdownNow();
    storing.shutdownNow();
    synchronized (results) {
      results
          .values()
          .forEach(
              entry -> {
                entry.result.cancel(false);
                var unused = entry.result.thenAccept(Walks::delete);
              });
    }
    try {
      while (!queries.awaitTermination(CANCEL_MILLIS, TimeUnit.MILLISECONDS)) {
        engine.cancelAll();
      }
      while (!storing.awaitTermination(CANCEL_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.debug("Waiting for a result that is being stored");
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
