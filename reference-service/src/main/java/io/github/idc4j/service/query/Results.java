package io.github.idc4j.service.query;

import io.github.idc4j.service.engine.Query;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps results by query, and enforces the limits. Safe for use by several threads. */
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
  private final Map<Query, PendingResult> byQuery = new LinkedHashMap<>(16, 0.75f, true);

  Results(Clock clock, Duration lifetime, ResultLimits limits) {
    this.clock = clock;
    this.lifetime = lifetime;
    this.limits = limits;
  }

  /**
   * Returns the result for a new walk over a query. Adds a new result if the query has no result,
   * or if the result has expired or failed.
   */
  synchronized PendingResult begin(Query query, String user, Supplier<PendingResult> newResult) {
    PendingResult result = byQuery.get(query);
    if (result == null || isExpired(result) || result.isFailed()) {
      result = newResult.get();
      byQuery.put(query, result);
    }
    result.begun(clock.instant());
    result.users().add(user);
    return result;
  }

  /** Marks the result as the most recently used. Returns false if the result has expired. */
  synchronized boolean use(PendingResult result) {
    byQuery.get(result.query());
    return !isExpired(result);
  }

  synchronized boolean isExpired(PendingResult result) {
    return result.lastBegun().isBefore(clock.instant().minus(lifetime));
  }

  /** Removes the results that have expired or exceed the limits, and returns them. */
  synchronized List<PendingResult> removeExcess() {
    List<PendingResult> removed = new ArrayList<>();
    long bytes = byQuery.values().stream().mapToLong(PendingResult::bytes).sum();
    long inMemory = byQuery.values().stream().filter(PendingResult::isInMemory).count();
    Iterator<PendingResult> leastRecentlyUsedFirst = byQuery.values().iterator();
    while (leastRecentlyUsedFirst.hasNext()) {
      PendingResult result = leastRecentlyUsedFirst.next();
      if (isExpired(result)
          || byQuery.size() > limits.results()
          || (bytes > limits.bytes() && result.bytes() > 0)
          || (inMemory > MAX_IN_MEMORY && result.isInMemory())) {
        leastRecentlyUsedFirst.remove();
        removed.add(result);
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
        byQuery.values().stream().filter(result -> result.users().contains(user)).toList();
    if (own.size() <= limits.resultsPerUser()) {
      return Optional.empty();
    }
    PendingResult result = own.get(0);
    result.users().remove(user);
    if (!result.users().isEmpty()) {
      return Optional.empty();
    }
    byQuery.remove(result.query());
    return Optional.of(result);
  }

  /** Removes all results, and returns them. */
  synchronized List<PendingResult> removeAll() {
    List<PendingResult> removed = List.copyOf(byQuery.values());
    byQuery.clear();
    return removed;
  }
}
