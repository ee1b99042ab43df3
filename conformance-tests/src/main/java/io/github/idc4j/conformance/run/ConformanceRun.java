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
 * <p>The run sends requests to the service. If the run has an ID token and may change data, it
 * saves cohorts and deletes them again. Immutable. The same run can be performed several times.
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

  /**
   * Minimum number of failures before the run tests for a mock server. The examples of a mock
   * server satisfy few rules.
   */
  private static final int MIN_FAILURES_OF_A_MOCK = 5;

  private final RunSettings settings;

  ConformanceRun(RunSettings settings) {
    this.settings = settings;
  }

  /** Returns a builder with the default settings. */
  public static ConformanceRunBuilder builder() {
    return new ConformanceRunBuilder();
  }

  /**
   * Returns a builder with the settings in environment variables:
   *
   * <ul>
   *   <li>{@code IDC4J_BASE_URL}, which is required
   *   <li>{@code IDC4J_ACCEPTED_BASE_URL}; see {@link ConformanceRunBuilder#acceptedBaseUrl}
   *   <li>{@code IDC4J_ALLOW_WRITES}; see {@link ConformanceRunBuilder#allowWrites}
   *   <li>{@code IDC4J_ALLOW_PLAIN_HTTP}; see {@link NetworkSettings.Builder#allowPlainHttp}
   *   <li>{@code IDC4J_SEED}; see {@link ConformanceRunBuilder#seed}
   *   <li>the variables with ID tokens; see {@link ConformanceRunBuilder#tokensFrom}
   *   <li>the variables with proxies; see {@link NetworkSettings.Builder#proxiesFrom}
   * </ul>
   *
   * <p>The {@code ALLOW} variables take effect only if their value is {@code true}.
   *
   * @param environment names and values of environment variables, such as {@link System#getenv()}
   * @throws IllegalArgumentException if a variable is missing or invalid; the message contains its
   *     name
   */
  public static ConformanceRunBuilder fromEnvironment(Map<String, String> environment) {
    return Environment.builder(environment);
  }

  /**
   * Performs the selected checks. Passes the outcomes and the result to the reporters.
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
    // The checks in the first phase find missing operations. Checks in the second phase that need a
    // missing operation are skipped.
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
      // Report the outcomes so far.
      executor.stop();
      report(outcomes, Outcome.aborted(e));
    }
  }

  /** Returns a message for each operation or column that is declared absent but present. */
  private static List<String> undeclared(ServiceUnderTest service) {
    return probe(service, new OperationProbe(service)::present).orElse(List.of());
  }

  /** Returns a note for readers of the result if the service is a mock server. */
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
   * Returns the result of requests that are not part of a check. Returns empty if the service does
   * not respond, or if the run has reached a limit.
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
      // REST Assured throws the checked exceptions of its HTTP client without declaring them.
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

  /**
   * Returns whether the run is complete: no check was left out because of the selection, a limit or
   * an earlier failure, and no check ended without a result.
   */
  private boolean isWhole(ServiceUnderTest service, List<Outcome> outcomes) {
    return settings.selection().equals(Selection.ALL)
        && !service.budget().isExhausted()
        && !(settings.failFast() && outcomes.stream().anyMatch(Outcome::isFailure))
        && outcomes.stream()
            .map(Outcome::status)
            .noneMatch(EnumSet.of(Status.AWAY, Status.SLOW, Status.ERROR)::contains)
        && !outcomes.isEmpty();
  }

  /**
   * Returns the reason to end the run before its checks: the service does not respond or is
   * retired. Returns empty if the checks can run.
   */
  private Optional<ConformanceResult.End> end(ServiceUnderTest service) {
    Exchange about;
    try {
      about = service.client().sendAside(settings.baseUrl(), ApiRequest.get("/about"));
    } catch (ResponseTooLarge e) {
      // The service responds, but the response is too large to read.
      return Optional.empty();
    } catch (Exception e) {
      // REST Assured throws the checked exceptions of its HTTP client without declaring them.
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
