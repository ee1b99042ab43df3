package io.github.idc4j.conformance;

import io.github.idc4j.conformance.http.Api;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Removes the cohorts that a run saved and could not delete: at its end, when it is killed, and, of
 * a run that could do neither, at the beginning of a later one.
 */
public final class Leftovers {

  /** A run that began before this is over. */
  private static final Duration LONGEST_RUN = Duration.ofHours(1);

  private static final String MARK = "made by a check that began at ";

  private final URI baseUrl;
  private final Supplier<Api> apis;
  private final Instant begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Set<Long> saved = new LinkedHashSet<>();
  private Optional<Thread> hook = Optional.empty();
  private boolean lost;

  /**
   * Sends nothing yet.
   *
   * @param apis what sends requests beside those of a check that still runs
   */
  Leftovers(URI baseUrl, Supplier<Api> apis) {
    this.baseUrl = baseUrl;
    this.apis = apis;
  }

  /** Returns the description of every cohort that this run saves. */
  public String mark() {
    return MARK + begun;
  }

  /** Prepares for the first cohort: removes what earlier runs left, and will do so when killed. */
  public void begin() {
    if (hook.isEmpty()) {
      hook = Optional.of(new Thread(this::remove));
      Runtime.getRuntime().addShutdownHook(hook.get());
      removeIf(apis.get(), Leftovers::isOld);
    }
  }

  /** Notes that a request to save was sent, and not answered yet. */
  public synchronized void saving() {
    lost = true;
  }

  /** Notes that a cohort was saved, or none, by the request that was sent last. */
  public synchronized void saved(Optional<Long> id) {
    lost = false;
    id.ifPresent(saved::add);
  }

  /** Notes that a cohort was deleted. */
  public synchronized void deleted(long id) {
    saved.remove(id);
  }

  /** Ends the run: removes what it left. */
  void end() {
    hook.ifPresent(Runtime.getRuntime()::removeShutdownHook);
    hook = Optional.empty();
    remove();
  }

  private synchronized void remove() {
    if (lost || !saved.isEmpty()) {
      removeIf(apis.get(), mark()::equals);
      saved.clear();
      lost = false;
    }
  }

  private void removeIf(Api api, Predicate<String> description) {
    try {
      Exchange list = api.sendAside(baseUrl, Call.get("/cohorts").as(Bearer.FIRST));
      for (JsonNode cohort : list.json().path("cohorts")) {
        if (Cohort.NAME.equals(cohort.path("name").asString(""))
            && description.test(cohort.path("description").asString(""))) {
          api.sendAside(
              baseUrl,
              Call.delete("/cohorts/" + cohort.path("cohort_id").asLong()).as(Bearer.FIRST));
        }
      }
    } catch (Exception e) {
      // REST Assured throws what its HTTP client throws, without declaring it.
      if (!(e instanceof IOException)) {
        throw e;
      }
      // The service is away; a later run removes them.
    }
  }

  private static boolean isOld(String description) {
    if (!description.startsWith(MARK)) {
      return false;
    }
    try {
      return Instant.parse(description.substring(MARK.length()))
          .isBefore(Instant.now().minus(LONGEST_RUN));
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
