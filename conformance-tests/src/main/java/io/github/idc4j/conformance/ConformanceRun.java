package io.github.idc4j.conformance;

import io.github.idc4j.conformance.Verdict.Status;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import io.github.idc4j.conformance.http.Gate;
import io.github.idc4j.conformance.http.Patience;
import io.github.idc4j.conformance.report.ConsoleReport;
import io.github.idc4j.conformance.report.HtmlReport;
import io.github.idc4j.conformance.report.JsonReport;
import io.github.idc4j.conformance.report.JunitXmlReport;
import io.github.idc4j.conformance.report.MarkdownReport;
import io.github.idc4j.conformance.report.SarifReport;
import io.github.idc4j.conformance.rule.Level;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A run of the suite against one service.
 *
 * <p>It sends requests, saves cohorts and deletes them again if it was given an ID token. Not safe
 * for use by several threads.
 *
 * <pre>{@code
 * ConformanceResult result =
 *     ConformanceRun.builder().baseUrl(URI.create("http://127.0.0.1:8080/v1")).build().run();
 * }</pre>
 */
public final class ConformanceRun {

  private final Builder settings;

  private ConformanceRun(Builder builder) {
    // What is set on the builder later is of the runs that are built later.
    settings = builder.clone();
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Runs all checks, prints and writes the reports, and returns the verdicts.
   *
   * @throws IOException if a report can't be written
   */
  public ConformanceResult run() throws IOException {
    if (settings.reportFolder.isPresent()) {
      // Found out before the checks, not after them.
      Files.createDirectories(settings.reportFolder.get());
    }
    Instant begun = Instant.now();
    LocalDate today = LocalDate.ofInstant(begun, ZoneOffset.UTC);
    Gate gate =
        new Gate(
            settings.writes.orElse(BaseUrl.isLoopback(settings.baseUrl)),
            settings.maxRequests,
            settings.maxTime,
            settings.requestsPerSecond);
    Target target =
        new Target(
            settings.baseUrl,
            settings.acceptedBaseUrl,
            settings.tokens,
            gate,
            settings.patience,
            settings.maxWait,
            settings.seed,
            settings.safeAge);
    if (settings.failFast) {
      target.stopAtFailure();
    }
    ConsoleReport console = new ConsoleReport(settings.console, settings.colour);
    List<Verdict> verdicts = new ArrayList<>();
    Optional<ConformanceResult.End> end = end(target);
    if (end.isEmpty()) {
      console.begin(target.baseUrl());
      CheckLauncher.launch(
          target,
          settings.selection,
          found -> {
            Verdict verdict = settings.knownFailures.judge(found, today);
            verdicts.add(verdict);
            console.tell(verdict);
            if (verdict.status() == Status.FAIL) {
              target.noteFailure();
            }
          });
    }
    ConformanceResult result =
        new ConformanceResult(
            target.baseUrl(),
            List.copyOf(verdicts),
            end,
            settings.knownFailures.problems(verdicts, isWhole(target, gate, verdicts), today),
            Duration.between(begun, Instant.now()),
            target.api().requests(),
            settings.seed,
            target.api().coveredOperations(),
            target.api().allOperations(),
            target.api().coveredStatuses(),
            target.api().allStatuses());
    console.end(result);
    if (settings.reportFolder.isPresent()) {
      Path folder = settings.reportFolder.get();
      JunitXmlReport.write(result, folder.resolve("junit.xml"));
      HtmlReport.write(result, folder.resolve("index.html"));
      JsonReport.write(result, folder.resolve("report.json"));
      MarkdownReport.write(result, folder.resolve("report.md"));
      SarifReport.write(result, folder.resolve("report.sarif"));
    }
    return result;
  }

  /** Returns whether all checks there are could be made, but for what the service lacks. */
  private boolean isWhole(Target target, Gate gate, List<Verdict> verdicts) {
    return settings.selection.equals(Selection.ALL)
        && !target.isStopped()
        && !gate.isExhausted()
        && verdicts.stream()
            .map(Verdict::status)
            .noneMatch(EnumSet.of(Status.AWAY, Status.SLOW, Status.ERROR)::contains)
        && !verdicts.isEmpty();
  }

  /** Asks whether there is a service at all, and whether it is retired. */
  private static Optional<ConformanceResult.End> end(Target target) {
    Exchange about;
    try {
      about = target.sendAside(Call.get("/about"));
    } catch (Exception e) {
      // REST Assured throws what its HTTP client throws, without declaring it.
      if (!(e instanceof IOException)) {
        throw e;
      }
      return Optional.of(
          new ConformanceResult.End(
              ConformanceResult.Reason.UNREACHABLE,
              target.baseUrl() + " can't be reached: " + e.getMessage()));
    }
    return about.status() == 410
        ? Optional.of(
            new ConformanceResult.End(
                ConformanceResult.Reason.RETIRED, about.json().path("message").asString("")))
        : Optional.empty();
  }

  /** Says what to check, and how to tell of it. */
  public static final class Builder implements Cloneable {

    private URI baseUrl;
    private Optional<URI> acceptedBaseUrl = Optional.empty();
    private Map<Bearer, String> tokens = new EnumMap<>(Bearer.class);
    private Optional<Path> reportFolder = Optional.empty();
    private PrintStream console = System.out;
    private boolean colour;
    private Optional<Boolean> writes = Optional.empty();
    private int maxRequests = Integer.MAX_VALUE;
    private Duration maxTime = Duration.ofDays(1);
    private double requestsPerSecond;
    private boolean failFast;
    private Selection selection = Selection.ALL;
    private KnownFailures knownFailures = KnownFailures.none();
    private Patience patience = Patience.USUAL;
    private Duration maxWait = Target.MAX_WAIT;
    private long seed = Target.SEED;
    private Duration safeAge = Leftovers.SAFE_AGE;

    private Builder() {}

    /**
     * Sets the address of the service, such as {@code http://127.0.0.1:8080/v1}; required.
     *
     * @throws IllegalArgumentException if it is no http or https address with a host, or has more
     *     than a path beside that, such as a user's password; never with that password
     */
    public Builder baseUrl(URI newBaseUrl) {
      baseUrl = BaseUrl.checked("baseUrl", newBaseUrl);
      return this;
    }

    /**
     * Sets an address at which the same service answers 202 before each first page. By default
     * there is none, and the rules of 202 are skipped.
     *
     * @throws IllegalArgumentException as {@link #baseUrl} does
     */
    public Builder acceptedBaseUrl(URI newAcceptedBaseUrl) {
      acceptedBaseUrl = Optional.of(BaseUrl.checked("acceptedBaseUrl", newAcceptedBaseUrl));
      return this;
    }

    /**
     * Sets an ID token: of a user, of another, one that has expired, and so on. By default there is
     * none, and the rules that need it are skipped.
     *
     * @param newToken null or blank for none
     * @throws IllegalArgumentException for {@link Bearer#NONE} and others that the suite makes
     *     itself
     */
    public Builder token(Bearer bearer, String newToken) {
      if (!Bearer.GIVEN.contains(bearer)) {
        throw new IllegalArgumentException(
            "A token can be given of " + Bearer.GIVEN + ", not of " + bearer);
      }
      if (newToken == null) {
        tokens.remove(bearer);
      } else {
        tokens.put(bearer, newToken);
      }
      return this;
    }

    /**
     * Sets the folder of {@code junit.xml}, {@code index.html}, {@code report.json}, {@code
     * report.md} and {@code report.sarif}; by default none is written.
     */
    public Builder reportFolder(Path newReportFolder) {
      reportFolder = Optional.of(newReportFolder);
      return this;
    }

    /** Sets where a line for each check is printed; by default the standard output. */
    public Builder console(PrintStream newConsole) {
      console = Objects.requireNonNull(newConsole);
      return this;
    }

    /** Sets whether the lines are coloured; by default they are plain. */
    public Builder colour(boolean newColour) {
      colour = newColour;
      return this;
    }

    /**
     * Sets whether requests that could change something are sent: saving and deleting cohorts, and
     * wrong methods. By default they are to a service of this machine, and to no other.
     */
    public Builder allowWrites(boolean newWrites) {
      writes = Optional.of(newWrites);
      return this;
    }

    /**
     * Sets how many requests are sent at most; by default any number. What would need more is
     * skipped; cohorts that were saved are deleted beyond it.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxRequests(int newMaxRequests) {
      if (newMaxRequests < 1) {
        throw new IllegalArgumentException(
            "The number of requests is positive, not " + newMaxRequests);
      }
      maxRequests = newMaxRequests;
      return this;
    }

    /**
     * Sets for how long requests are sent and answers waited for; by default a day. What would need
     * longer is skipped; cohorts that were saved are deleted after it.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxTime(Duration newMaxTime) {
      if (newMaxTime.isZero() || newMaxTime.isNegative()) {
        throw new IllegalArgumentException("The time is positive, not " + newMaxTime);
      }
      maxTime = newMaxTime;
      return this;
    }

    /**
     * Sets how many requests are sent in a second at most; by default 0, which means any number.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder requestsPerSecond(double newRequestsPerSecond) {
      if (!(newRequestsPerSecond >= 0)) {
        throw new IllegalArgumentException(
            "Requests in a second are not negative, but this is " + newRequestsPerSecond);
      }
      requestsPerSecond = newRequestsPerSecond;
      return this;
    }

    /** Sets whether the checks after the first that fails are skipped; by default they are not. */
    public Builder failFast(boolean newFailFast) {
      failFast = newFailFast;
      return this;
    }

    /**
     * Sets which checks the run has: those that are about one of the rules, of one of the areas,
     * and about a rule of one of the levels.
     *
     * @param rules identifiers; empty, the default, for all
     * @param areas names; empty, the default, for all
     * @param levels by default all
     * @throws IllegalArgumentException for a rule or area that is unknown, with those that are
     *     known
     */
    public Builder select(Set<String> rules, Set<String> areas, Set<Level> levels) {
      selection = new Selection(rules, areas, levels);
      return this;
    }

    /**
     * Sets how long an answer is waited for, to its last byte; by default two minutes. A check
     * whose request is not answered in time is neither passed nor failed, but slow.
     *
     * @throws IllegalArgumentException if it is not positive, or more than a day
     */
    public Builder answerTimeout(Duration newAnswerTimeout) {
      if (newAnswerTimeout.isZero()
          || newAnswerTimeout.isNegative()
          || newAnswerTimeout.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException(
            "The time for an answer is positive, and a day at most, not " + newAnswerTimeout);
      }
      return patience(new Patience(patience.requests(), newAnswerTimeout));
    }

    Builder patience(Patience newPatience) {
      patience = newPatience;
      return this;
    }

    /**
     * Sets how long a query may answer 202 before it counts as one that never ends; by default ten
     * minutes.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder maxWait(Duration newMaxWait) {
      if (newMaxWait.isNegative()) {
        throw new IllegalArgumentException("The wait is not negative, but this is " + newMaxWait);
      }
      maxWait = newMaxWait;
      return this;
    }

    /**
     * Sets what the choices of a run come from: which collection, which page sizes. The same seed
     * gives the same requests in the same order; by default it is 1.
     */
    public Builder seed(long newSeed) {
      seed = newSeed;
      return this;
    }

    /** Sets from which age on the cohorts that other runs left are removed; by default an hour. */
    Builder safeAge(Duration newSafeAge) {
      safeAge = newSafeAge;
      return this;
    }

    /** Sets which failures are known; by default none. */
    public Builder knownFailures(KnownFailures newKnownFailures) {
      knownFailures = Objects.requireNonNull(newKnownFailures);
      return this;
    }

    /**
     * Returns the run, as it is set now; it can be run several times.
     *
     * @throws IllegalStateException without a base URL
     */
    public ConformanceRun build() {
      if (baseUrl == null) {
        throw new IllegalStateException("baseUrl is required");
      }
      return new ConformanceRun(this);
    }

    @Override
    protected Builder clone() {
      try {
        Builder copy = (Builder) super.clone();
        copy.tokens = new EnumMap<>(tokens);
        return copy;
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
