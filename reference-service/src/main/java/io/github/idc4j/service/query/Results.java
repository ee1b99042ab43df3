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

/** The results by query, within the limits. Safe for use by several threads. */
final class Results {

  /** Only results that could not be stored, for lack of disk space, reach this number. */
  private static final int MAX_IN_MEMORY = 8;

  private final Clock clock;
  private final Duration lifetime;
  private final ResultLimits limits;

  /** The least recently used result is the first. */
  private final Map<Query, PendingResult> byQuery = new LinkedHashMap<>(16, 0.75f, true);

  Results(Clock clock, Duration lifetime, ResultLimits limits) {
    this.clock = clock;
    this.lifetime = lifetime;
    this.limits = limits;
  }

  /** Returns the result of the query for a new walk. Adds one if there is none that can be used. */
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

  /** Returns whether the result has not expired. It becomes the most recently used one. */
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

  /** Removes the user's least recently used result if there are too many, unless others use it. */
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
