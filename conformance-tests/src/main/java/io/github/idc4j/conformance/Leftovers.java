package io.github.idc4j.conformance;

import io.github.idc4j.conformance.http.Api;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import io.github.idc4j.conformance.http.Gate;
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
 * Removes the cohorts that a run saved and could not delete: at its end, when it is told to end,
 * and, of a run that could do neither, before a later one saves its first.
 */
public final class Leftovers {

  /**
   * Of an older cohort no check makes use: an ID token lives no longer, and with another one begins
   * another run.
   */
  static final Duration SAFE_AGE = Duration.ofHours(1);

  private static final Pattern MARK = Pattern.compile("made by idc4j check ([0-9a-f-]+) at (\\S+)");

  private final URI baseUrl;
  private final Gate gate;
  private final Supplier<Api> apis;
  private final Duration safeAge;
  private final String run = UUID.randomUUID().toString();
  private final Map<Long, Bearer> saved = new LinkedHashMap<>();
  private final Set<Bearer> savers = EnumSet.noneOf(Bearer.class);
  private Optional<Thread> hook = Optional.empty();

  /**
   * Sends nothing yet.
   *
   * @param apis what sends requests beside those of a check that still runs
   * @param safeAge from which age on the cohorts of other runs are removed
   */
  Leftovers(URI baseUrl, Gate gate, Supplier<Api> apis, Duration safeAge) {
    this.baseUrl = baseUrl;
    this.gate = gate;
    this.apis = apis;
    this.safeAge = safeAge;
  }

  /**
   * Returns what every cohort that this run saves is called or described by: it tells the run, and
   * the time.
   */
  public String mark() {
    return "made by idc4j check " + run + " at " + Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Notes that a request to save is sent. Before the first, what earlier runs left is removed.
   *
   * @param saver whose cohort it is
   */
  void saving(Bearer saver) {
    if (hook.isEmpty()) {
      hook = Optional.of(new Thread(this::endEarly));
      Runtime.getRuntime().addShutdownHook(hook.get());
      removeIf(apis.get(), Bearer.FIRST, this::isOld);
    }
    synchronized (this) {
      savers.add(saver);
    }
  }

  /** Notes that a cohort was saved. */
  synchronized void saved(Bearer saver, long id) {
    saved.put(id, saver);
  }

  /** Notes that a cohort was deleted. */
  synchronized void deleted(long id) {
    saved.remove(id);
  }

  /** Ends the run: removes what it left. */
  void end() {
    hook.ifPresent(Runtime.getRuntime()::removeShutdownHook);
    hook = Optional.empty();
    remove();
  }

  /** Removes what the run left so far, and lets no check save more. */
  private void endEarly() {
    gate.close();
    remove();
  }

  private synchronized void remove() {
    if (savers.isEmpty()) {
      return;
    }
    Api api = apis.get();
    saved.forEach((id, saver) -> quietly(() -> delete(api, saver, id)));
    // A request may have saved one without an answer, or a deletion have done nothing.
    savers.forEach(saver -> removeIf(api, saver, mark -> mark.group(1).equals(run)));
    saved.clear();
    savers.clear();
  }

  private void removeIf(Api api, Bearer saver, Predicate<Matcher> mark) {
    if (!api.has(saver)) {
      return;
    }
    quietly(
        () -> {
          Exchange list = api.sendAside(baseUrl, Call.get("/cohorts").as(saver));
          for (JsonNode cohort : list.json().path("cohorts")) {
            if (Stream.of("name", "description")
                .map(key -> MARK.matcher(cohort.path(key).asString("")))
                .anyMatch(text -> text.matches() && mark.test(text))) {
              delete(api, saver, cohort.path("cohort_id").asLong());
            }
          }
        });
  }

  private void delete(Api api, Bearer saver, long id) {
    api.sendAside(baseUrl, Call.delete("/cohorts/" + id).as(saver));
  }

  private static void quietly(Runnable requests) {
    try {
      requests.run();
    } catch (Exception e) {
      // REST Assured throws what its HTTP client throws, without declaring it.
      if (!(e instanceof IOException)) {
        throw e;
      }
      // The service is away; a later run removes them.
    }
  }

  private boolean isOld(Matcher mark) {
    try {
      return !Instant.parse(mark.group(2)).isAfter(Instant.now().minus(safeAge));
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
