package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.RequestBudget;
import io.github.idc4j.conformance.internal.http.ResponseTooLarge;
import io.github.idc4j.conformance.internal.http.ServiceClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Deletes the cohorts that a run saved and did not delete: at its end, when the JVM shuts down,
 * and, if the run was killed, before a later run saves its first cohort.
 */
final class CohortCleanup {

  private static final Pattern MARK = Pattern.compile("made by idc4j check ([0-9a-f-]+) at (\\S+)");

  private final URI baseUrl;
  private final RequestBudget budget;
  private final Supplier<ServiceClient> clients;
  private final Duration staleAge;
  private final String run = UUID.randomUUID().toString();
  private final Map<Long, Caller> saved = new LinkedHashMap<>();
  private final Set<Caller> savers = EnumSet.noneOf(Caller.class);
  private Optional<Thread> hook = Optional.empty();

  /**
   * Sends no request.
   *
   * @param clients creates clients that can be used while a check is running
   * @param staleAge age from which cohorts of other runs are deleted
   */
  CohortCleanup(
      URI baseUrl, RequestBudget budget, Supplier<ServiceClient> clients, Duration staleAge) {
    this.baseUrl = baseUrl;
    this.budget = budget;
    this.clients = clients;
    this.staleAge = staleAge;
  }

  /** Returns the name and description for cohorts of this run, with its identifier and the time. */
  String mark() {
    return "made by idc4j check " + run + " at " + Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Notes that a request to save a cohort follows. Before the first one, deletes stale cohorts of
   * other runs.
   *
   * @param saver whose cohort it is
   */
  void saving(Caller saver) {
    if (hook.isEmpty()) {
      hook = Optional.of(new Thread(this::shutDown));
      Runtime.getRuntime().addShutdownHook(hook.get());
      removeIf(clients.get(), Caller.FIRST, this::isStale);
    }
    synchronized (this) {
      savers.add(saver);
    }
  }

  /** Notes that a cohort was saved. */
  synchronized void saved(Caller saver, long id) {
    saved.put(id, saver);
  }

  /** Notes that a cohort was deleted. */
  synchronized void deleted(long id) {
    saved.remove(id);
  }

  /** Deletes the cohorts that the run saved and did not delete. */
  void close() {
    hook.ifPresent(CohortCleanup::cancel);
    hook = Optional.empty();
    remove();
  }

  private static void cancel(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down and runs the hook.
    }
  }

  /** Prevents further requests, and deletes the cohorts that the run saved so far. */
  private void shutDown() {
    budget.close();
    remove();
  }

  private synchronized void remove() {
    if (savers.isEmpty()) {
      return;
    }
    ServiceClient client = clients.get();
    saved.forEach((id, saver) -> quietly(() -> delete(client, saver, id)));
    // A request without a response may have saved a cohort, or a deletion may have failed.
    savers.forEach(saver -> removeIf(client, saver, this::isOfThisRun));
    saved.clear();
    savers.clear();
  }

  private void removeIf(ServiceClient client, Caller saver, Predicate<Matcher> mark) {
    if (!client.hasToken(saver)) {
      return;
    }
    quietly(
        () -> {
          Exchange list = client.sendAside(baseUrl, ApiRequest.get("/cohorts").as(saver));
          for (JsonNode cohort : list.json().path("cohorts")) {
            if (isMarked(cohort, mark)) {
              delete(client, saver, cohort.path("cohort_id").asLong());
            }
          }
        });
  }

  /** Returns whether an entry of {@code GET /cohorts} is a cohort of this run. */
  boolean isOwn(JsonNode cohort) {
    return isMarked(cohort, this::isOfThisRun);
  }

  private static boolean isMarked(JsonNode cohort, Predicate<Matcher> mark) {
    return Stream.of("name", "description")
        .map(key -> MARK.matcher(cohort.path(key).asString("")))
        .anyMatch(text -> text.matches() && mark.test(text));
  }

  private boolean isOfThisRun(Matcher mark) {
    return mark.group(1).equals(run);
  }

  private void delete(ServiceClient client, Caller saver, long id) {
    client.sendAside(baseUrl, ApiRequest.delete("/cohorts/" + id).as(saver));
  }

  private static void quietly(Runnable requests) {
    try {
      requests.run();
    } catch (ResponseTooLarge e) {
      // The response is too large to read; a later run deletes them.
    } catch (Exception e) {
      // REST Assured throws what its HTTP client throws, without declaring it.
      if (!(e instanceof IOException)) {
        throw e;
      }
      // The service is not available; a later run deletes them.
    }
  }

  private boolean isStale(Matcher mark) {
    try {
      return !Instant.parse(mark.group(2)).isAfter(Instant.now().minus(staleAge));
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
