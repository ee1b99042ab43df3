package io.github.idc4j.service.query;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The queries that wait until they can run. Callers take turns, so that a caller with many queries
 * delays other callers by only one query. Safe for use by several threads.
 */
final class QueryQueue {

  /** The maximum length of all queries that wait, if there are several. */
  static final long MAX_CHARACTERS = 64L << 20;

  private final QueryLimits limits;

  /** The waiting queries of each caller that has any. The caller whose turn is next comes first. */
  private final Map<String, Deque<Entry>> waiting = new LinkedHashMap<>();

  /** The number of queries that wait or run, by caller. */
  private final Map<String, Integer> begun = new HashMap<>();

  private int length;
  private long characters;

  /**
   * A query of a caller.
   *
   * @param characters the length of the query with its values, which are in memory
   */
  record Entry(UUID id, String caller, long characters, Runnable task) {}

  QueryQueue(QueryLimits limits) {
    this.limits = limits;
  }

  /**
   * Adds a query.
   *
   * @throws TooManyQueriesException if this would exceed a limit
   */
  synchronized void add(Entry entry) {
    if (begun.getOrDefault(entry.caller(), 0) >= limits.perCaller()) {
      throw new TooManyQueriesException(
          "The caller has %,d queries that run or wait, which is the limit of this service. Retry the request when one of them has finished."
              .formatted(limits.perCaller()));
    }
    if (length >= limits.queued()) {
      throw new TooManyQueriesException(
          "%,d queries wait until they can run, which is the limit of this service. Retry the request later."
              .formatted(limits.queued()));
    }
    if (characters > 0 && characters + entry.characters() > MAX_CHARACTERS) {
      throw new TooManyQueriesException(
          "The queries that wait until they can run have too many values, together with this query. Retry the request later.");
    }
    begun.merge(entry.caller(), 1, Integer::sum);
    waiting.computeIfAbsent(entry.caller(), caller -> new ArrayDeque<>()).add(entry);
    length++;
    characters += entry.characters();
  }

  /**
   * Removes the next query. The caller of this method must run it and call {@link #ended}. Empty if
   * no query waits, because queries were removed.
   */
  synchronized Optional<Entry> next() {
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    String caller = waiting.keySet().iterator().next();
    Deque<Entry> own = waiting.remove(caller);
    Entry entry = own.remove();
    length--;
    characters -= entry.characters();
    if (!own.isEmpty()) {
      waiting.put(caller, own);
    }
    return Optional.of(entry);
  }

  /** Removes a query that waits. Has no effect on other queries. */
  synchronized void remove(UUID id) {
    waiting
        .values()
        .forEach(
            own ->
                own.stream()
                    .filter(entry -> entry.id().equals(id))
                    .findFirst()
                    .ifPresent(
                        entry -> {
                          own.remove(entry);
                          length--;
                          characters -= entry.characters();
                          ended(entry);
                        }));
    waiting.values().removeIf(Deque::isEmpty);
  }

  /** Frees the place of a query that no longer runs. */
  synchronized void ended(Entry entry) {
    begun.computeIfPresent(entry.caller(), (caller, count) -> count > 1 ? count - 1 : null);
  }

  /** Returns the number of queries that wait. */
  synchronized int length() {
    return length;
  }
}
