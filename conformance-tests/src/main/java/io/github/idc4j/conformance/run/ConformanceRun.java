package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.check.Check;
import io.github.idc4j.conformance.internal.check.Checks;
import io.github.idc4j.conformance.internal.check.MockProbe;
import io.github.idc4j.conformance.internal.check.OperationProbe;
import io.github.idc4j.conformance.internal.check.ServiceUnderTest;
import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.ResponseTooLarge;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A run of the suite against one service.
 *
 * <p>It sends requests. If it has an ID token, it saves cohorts and deletes them again. Immutable;
 * a run may be performed several times.
 *
 * <pre>{@code
 * ConformanceResult result =
 *     ConformanceRun.builder()
 *         .baseUrl(URI.create("http://127.0.0.1:8080/v1"))
 *         .reporter(Reports.console(System.out, false))
 *         .build()
 *         .run();
 * }</pre>
 */
public final class ConformanceRun {

  /** An example satisfies few rules. */
  private static final int MIN_FAILURES_OF_A_MOCK = 5;

  private final RunSettings settings;

  ConformanceRun(RunSettings settings) {
    this.settings = settings;
  }

  /** Returns a builder with the defaults. */
  public static ConformanceRunBuilder builder() {
    return new ConformanceRunBuilder();
  }

  /**
   * Returns a builder with the settings that environment variables have: {@code IDC4J_BASE_URL},
   * which is required, {@code IDC4J_ACCEPTED_BASE_URL}, {@code IDC4J_ALLOW_WRITES}, {@code
   * IDC4J_ALLOW_PLAIN_HTTP} ({@code true} for {@link NetworkSettings.Builder#allowPlainHttp}),
   * {@code IDC4J_SEED}, those of {@link ConformanceRunBuilder#tokensFrom}, and the proxies of
   * {@link NetworkSettings.Builder#proxiesFrom}.
   *
   * @throws IllegalArgumentException if a variable is missing or invalid, with its name
   */
  public static ConformanceRunBuilder fromEnvironment(Map<String, String> environment) {
    return Environment.builder(environment);
  }

  /**
   * Performs the selected checks and reports them.
   *
   * @throws IOException if a report cannot be written
   */
  public ConformanceResult run() throws IOException {
    settings.reporters().forEach(reporter -> reporter.started(settings.baseUrl()));
    try (CheckExecutor executor = new CheckExecutor(settings);
        Interruption interruption = new Interruption(executor::stop)) {
      return run(executor, interruption);
    }
  }

  private ConformanceResult run(CheckExecutor executor, Interruption interruption)
      throws IOException {
    Instant begin = Instant.now();
    ConformanceSession session = executor.session();
    ServiceUnderTest service = session.service();
    List<Outcome> outcomes = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    List<String> notes = new ArrayList<>(settings.network().notes());
    Optional<ConformanceResult.End> end = end(service);
    if (end.isEmpty()) {
      perform(executor, interruption, outcomes);
    }
    if (end.isEmpty() && !interruption.hasOccurred()) {
      problems.addAll(undeclared(service));
      mockNote(service, outcomes).ifPresent(notes::add);
    }
    executor.close();
    boolean whole = isWhole(service, outcomes) && !interruption.hasOccurred();
    problems.addAll(settings.knownFailures().problems(outcomes, whole, session.today()));
    ConformanceResult result =
        new ConformanceResult(
            settings.baseUrl(),
            List.copyOf(outcomes),
            end,
            interruption.hasOccurred() ? Optional.of(interruption(outcomes)) : Optional.empty(),
            List.copyOf(problems),
            settings.minRules(),
            Duration.between(begin, Instant.now()),
            service.budget().sent(),
            settings.seed(),
            service.record().coveredOperations(),
            service.client().allOperations(),
            service.record().coveredStatuses(),
            service.client().allStatuses(),
            List.copyOf(notes));
    for (Reporter reporter : settings.reporters()) {
      reporter.finished(result);
    }
    return result;
  }

  private String interruption(List<Outcome> outcomes) {
    return "The run was interrupted after %d of %d checks; this report is partial."
        .formatted(outcomes.size(), settings.selection().checks().size());
  }

  /** Returns a session in which the caller performs the checks. Sends no request. */
  public ConformanceSession open() {
    return new ConformanceSession(settings, settings.newService());
  }

  private void perform(CheckExecutor executor, Interruption interruption, List<Outcome> outcomes) {
    // Later checks skip the operations that the first ones find missing.
    Map<Boolean, List<Check>> phases =
        settings.selection().checks().stream()
            .collect(Collectors.partitioningBy(Checks::isPrerequisite));
    try {
      for (boolean first : List.of(true, false)) {
        List<Future<Outcome>> pending = phases.get(first).stream().map(executor::submit).toList();
        for (Future<Outcome> future : pending) {
          Outcome outcome = future.get();
          if (interruption.hasOccurred()) {
            return;
          }
          report(outcomes, outcome);
        }
      }
    } catch (InterruptedException e) {
      executor.stop();
      interruption.occur();
    } catch (ExecutionException e) {
      executor.stop();
      report(outcomes, Outcome.aborted(e.getCause()));
    } catch (OutOfMemoryError e) {
      // The outcomes so far are reported.
      executor.stop();
      report(outcomes, Outcome.aborted(e));
    }
  }

  /** Returns problems: operations and columns that are declared absent, but are present. */
  private static List<String> undeclared(ServiceUnderTest service) {
    return probe(service, new OperationProbe(service)::present).orElse(List.of());
  }

  /** Returns what a reader must know if the service is a mock server. */
  private static Optional<String> mockNote(ServiceUnderTest service, List<Outcome> outcomes) {
    long failures = outcomes.stream().filter(Outcome::isFailure).count();
    return failures >= MIN_FAILURES_OF_A_MOCK
            && probe(service, new MockProbe(service)::isMock).orElse(false)
        ? Optional.of(
            "The service returns the same example for every request, as a mock server does that is"
                + " made from a spec. The suite needs a service that has data.")
        : Optional.empty();
  }

  /**
   * Returns the result of requests that no check makes; empty if the service does not respond, or
   * the run has reached a limit.
   */
  private static <T> Optional<T> probe(ServiceUnderTest service, Supplier<T> requests) {
    if (service.budget().isExhausted()) {
      return Optional.empty();
    }
    try {
      return Optional.of(requests.get());
    } catch (ResponseTooLarge e) {
      return Optional.empty();
    } catch (Exception e) {
      // REST Assured throws what its HTTP client throws, without declaring it.
      if (!(e instanceof IOException)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private void report(List<Outcome> outcomes, Outcome outcome) {
    outcomes.add(outcome);
    settings.reporters().forEach(reporter -> reporter.checked(outcome));
  }

  /** Returns whether all checks were performed, except those that the service does not support. */
  private boolean isWhole(ServiceUnderTest service, List<Outcome> outcomes) {
    return settings.selection().equals(Selection.ALL)
        && !service.budget().isExhausted()
        && !(settings.failFast() && outcomes.stream().anyMatch(Outcome::isFailure))
        && outcomes.stream()
            .map(Outcome::status)
            .noneMatch(EnumSet.of(Status.AWAY, Status.SLOW, Status.ERROR)::contains)
        && !outcomes.isEmpty();
  }

  /** Returns the reason to perform no check: the service does not respond, or is retired. */
  private Optional<ConformanceResult.End> end(ServiceUnderTest service) {
    Exchange about;
    try {
      about = service.client().sendAside(settings.baseUrl(), ApiRequest.get("/about"));
    } catch (ResponseTooLarge e) {
      // There is a response, but it is too large to read.
      return Optional.empty();
    } catch (Exception e) {
      // REST Assured throws what its HTTP client throws, without declaring it.
      if (!(e instanceof IOException)) {
        throw e;
      }
      return Optional.of(
          new ConformanceResult.End(
              ConformanceResult.Reason.UNREACHABLE,
              settings.baseUrl() + " cannot be reached: " + e.getMessage()));
    }
    return about.status() == 410
        ? Optional.of(
            new ConformanceResult.End(
                ConformanceResult.Reason.RETIRED, about.json().path("message").asString("")))
        : Optional.empty();
  }
}
