package io.github.idc4j.service.query;

import io.github.idc4j.service.engine.Query;
import io.github.idc4j.service.result.ResultFolder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Keeps results by ID and by query, and enforces the limits. Safe for use by several threads. */
final class Results {

  /**
   * The maximum number of results whose rows are not stored yet. Exceeded only if results cannot be
   * stored, for example for lack of disk space.
   */
  private static final int MAX_IN_MEMORY = 8;

  private final Clock clock;
  private final Duration lifetime;
  private final ResultLimits limits;

  /** The least recently used result comes first. */
  private final Map<UUID, PendingResult> byId = new LinkedHashMap<>(16, 0.75f, true);

  /** The latest result of each query that this process began. */
  private final Map<QueryKey, PendingResult> byQuery = new HashMap<>();

  Results(Clock clock, Duration lifetime, ResultLimits limits) {
    this.clock = clock;
    this.lifetime = lifetime;
    this.limits = limits;
  }

  /**
   * Returns the result for a new walk over a query. Adds and starts a new result if the query has
   * no result, or if the result has expired or failed.
   */
  PendingResult begin(Query query, String user, Consumer<PendingResult> start) {
    return begin(QueryKey.of(query), user, start);
  }

  private synchronized PendingResult begin(
      QueryKey query, String user, Consumer<PendingResult> start) {
    PendingResult result = byQuery.get(query);
    if (result == null || isExpired(result) || result.isFailed()) {
      result = add(UUID.randomUUID(), Optional.of(query), start);
      byQuery.put(query, result);
    } else {
      byId.get(result.id());
      result.begun(clock.instant());
    }
    result.users().add(user);
    return result;
  }

  /**
   * Returns the result with an ID, and marks it as the most recently used. Adds and starts a new
   * result if there is no result with this ID, or if it has expired.
   *
   * @param expired receives a result that has expired and was removed
   */
  synchronized PendingResult find(
      UUID id, Consumer<PendingResult> start, Consumer<PendingResult> expired) {
    PendingResult result = byId.get(id);
    if (result != null && !isExpired(result)) {
      return result;
    }
    if (result != null) {
      remove(result);
      expired.accept(result);
    }
    return add(id, Optional.empty(), start);
  }

  /**
   * Adds results that earlier processes computed. New walks do not use them, because the data may
   * have changed.
   */
  synchronized void add(List<ResultFolder.Found> found) {
    found.stream()
        .sorted(Comparator.comparing(ResultFolder.Found::begun))
        .forEach(result -> byId.put(result.id(), new PendingResult(result)));
  }

  /** Records the time of the latest walk over a result whose rows have just been stored. */
  synchronized void stored(PendingResult result) {
    result.record();
  }

  /** Returns whether there is a result with an ID. Does not mark it as used. */
  synchronized boolean contains(UUID id) {
    return byId.containsKey(id);
  }

  /** Returns the number of results. */
  synchronized int size() {
    return byId.size();
  }

  /** Returns the bytes that the stored results use. */
  synchronized long bytes() {
    return byId.values().stream().mapToLong(PendingResult::bytes).sum();
  }

  private PendingResult add(UUID id, Optional<QueryKey> query, Consumer<PendingResult> start) {
    PendingResult result = new PendingResult(id, query, clock.instant());
    // The start may fail because of a limit. A result that ends before it is added waits for this
    // method.
    start.accept(result);
    byId.put(id, result);
    return result;
  }

  private boolean isExpired(PendingResult result) {
    Instant oldest = clock.instant().minus(lifetime);
    return result.lastBegun().isBefore(oldest);
  }

  /** Removes a result. Has no effect if the result was removed before. */
  synchronized void remove(PendingResult result) {
    byId.remove(result.id(), result);
    result.query().ifPresent(query -> byQuery.remove(query, result));
  }

  /**
   * Removes the results that have expired or exceed the limits, and returns them. Failed results
   * have a limit of their own, so that they do not replace results with rows.
   */
  synchronized List<PendingResult> removeExcess() {
    List<PendingResult> removed = new ArrayList<>();
    long failed = byId.values().stream().filter(PendingResult::isFailed).count();
    long others = byId.size() - failed;
    long bytes = bytes();
    long inMemory = byId.values().stream().filter(PendingResult::isInMemory).count();
    Iterator<PendingResult> leastRecentlyUsedFirst = byId.values().iterator();
    while (leastRecentlyUsedFirst.hasNext()) {
      PendingResult result = leastRecentlyUsedFirst.next();
      boolean isFailed = result.isFailed();
      if (isExpired(result)
          || (isFailed ? failed : others) > limits.results()
          || (bytes > limits.bytes() && result.bytes() > 0)
          || (inMemory > MAX_IN_MEMORY && result.isInMemory())) {
        leastRecentlyUsedFirst.remove();
        result.query().ifPresent(query -> byQuery.remove(query, result));
        removed.add(result);
        failed -= isFailed ? 1 : 0;
        others -= isFailed ? 0 : 1;
        bytes -= result.bytes();
        inMemory -= result.isInMemory() ? 1 : 0;
      }
    }
    return removed;
  }

  /**
   * Enforces the limit for a user. If the user has too many results, the user's least recently used
   * result no longer counts towards this limit. If no other user requested this result, removes the
   * result and returns it.
   */
  synchronized Optional<PendingResult> removeExcess(String user) {
    List<PendingResult> own =
        byId.values().stream()
            .filter(result -> result.users().contains(user) && !result.isFailed())
            .toList();
    if (own.size() <= limits.resultsPerUser()) {
      return Optional.empty();
    }
    PendingResult result = own.get(0);
    result.users().remove(user);
    if (!result.users().isEmpty()) {
      return Optional.empty();
    }
    remove(result);
    return Optional.of(result);
  }

  /** Removes all results, and returns them. */
  synchronized List<PendingResult> removeAll() {
    List<PendingResult> removed = List.copyOf(byId.values());
    byId.clear();
    byQuery.clear();
    return removed;
  }
}
