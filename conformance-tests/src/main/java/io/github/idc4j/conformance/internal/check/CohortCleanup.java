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
 * Deletes the cohorts that a run left behind. This happens at the end of the run or when the JVM
 * shuts down. If the run was killed, a later run deletes the cohorts before it saves its own first
 * cohort.
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
   * Creates a cleanup. Sends no request.
   *
   * @param clients creates clients that can be used while a check is running
   * @param staleAge minimum age at which cohorts of other runs are deleted
   */
  CohortCleanup(
      URI baseUrl, RequestBudget budget, Supplier<ServiceClient> clients, Duration staleAge) {
    this.baseUrl = baseUrl;
    this.budget = budget;
    this.clients = clients;
    this.staleAge = staleAge;
  }

  /**
   * Returns the text to use as the name and description of a cohort. The text contains the
   * identifier of this session and the current time.
   */
  String mark() {
    return "made by idc4j check " + run + " at " + Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Prepares for a request that saves a cohort; call this method before the request. The first call
   * deletes stale cohorts of other runs.
   *
   * @param saver the caller who saves the cohort
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

  /** Records that a cohort was saved. */
  synchronized void saved(Caller saver, long id) {
    saved.put(id, saver);
  }

  /** Records that a cohort was deleted. */
  synchronized void deleted(long id) {
    saved.remove(id);
  }

  /** Deletes the cohorts that the checks saved and did not delete. */
  void close() {
    hook.ifPresent(CohortCleanup::cancel);
    hook = Optional.empty();
    remove();
  }

  private static void cancel(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down, so the hook runs anyway.
    }
  }

  /** Stops further requests of the checks, and deletes the cohorts that the checks saved so far. */
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
    // A request that got no response may have saved a cohort, or a deletion may have failed.
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

  /**
   * Returns whether an entry in the response of {@code GET /cohorts} is a cohort of this session.
   */
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
      // The list of cohorts is too large to read. A later run deletes the cohorts.
    } catch (Exception e) {
      // REST Assured throws the checked exceptions of its HTTP client without declaring them.
      if (!(e instanceof IOException)) {
        throw e;
      }
      // The service is not available. A later run deletes the cohorts.
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
