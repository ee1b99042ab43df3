package io.github.idc4j.cli;

import io.github.idc4j.conformance.run.ConformanceRunBuilder;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that limit the requests and the duration of a run. */
final class LimitOptions {

  @Option(
      names = "--max-requests",
      paramLabel = "N",
      description = "Maximum number of requests; checks that need more are skipped.")
  private Integer maxRequests;

  @Option(
      names = "--max-seconds",
      paramLabel = "S",
      description =
          "Maximum time of the run, which includes getting ID tokens from a development issuer;"
              + " checks that need more are skipped.")
  private Integer maxSeconds;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Maximum number of requests per second.")
  private double rate;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description =
          "Maximum time to wait for a response, such as 30s. A check that gets no response in time is"
              + " reported as too slow. Default: 2m.")
  private Duration timeout;

  @Option(
      names = "--max-wait",
      paramLabel = "TIME",
      description =
          "Maximum time for which a query may return 202; after it, the check fails. Default: 10m.")
  private Duration maxWait;

  /** Returns the maximum duration of the run; empty if the user did not set one. */
  Optional<Duration> maxTime() {
    return Optional.ofNullable(maxSeconds).map(Duration::ofSeconds);
  }

  /**
   * Adds the limits to a run.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  void addTo(ConformanceRunBuilder run) {
    run.requestsPerSecond(rate);
    if (timeout != null) {
      run.responseTimeout(timeout);
    }
    if (maxWait != null) {
      run.maxPending(maxWait);
    }
    if (maxRequests != null) {
      run.maxRequests(maxRequests);
    }
    maxTime().ifPresent(run::maxTime);
  }
}
