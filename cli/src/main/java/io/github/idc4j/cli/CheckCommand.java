package io.github.idc4j.cli;

import io.github.idc4j.conformance.report.Reports;
import io.github.idc4j.conformance.run.BaseUrl;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.ConformanceRun;
import io.github.idc4j.conformance.run.ConformanceRunBuilder;
import io.github.idc4j.conformance.run.KnownFailures;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a service against the version 1 contract. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Checks a service against the version 1 contract. Without a target, starts a reference"
            + " service on a free local port and checks that.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every MUST rule passes or is a known failure",
      "1:a rule failed, or an entry of the known failures is expired or stale",
      "2:invalid usage",
      "3:the suite or its environment failed, or too few of the applicable rules were verified",
      "4:the service is retired",
      "5:the service is unreachable, stopped responding, or did not respond in time"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  idc4j check --base-url http://127.0.0.1:8080/v1 --area metadata",
      "  idc4j check --rule paging.order --report reports"
    })
final class CheckCommand implements Callable<Integer> {

  private static final URI LIVE = URI.create("https://api.imaging.datacommons.cancer.gov/v1");

  /**
   * The default of {@code --jobs} without a target is at most this number, because the checks and
   * the reference service share the processors.
   */
  private static final int REFERENCE_JOBS = 2;

  /** Number of times that the reference service returns 202 for each query at its slow base URL. */
  private static final int UNFINISHED_WAITS = 2;

  @ArgGroup private Target target = new Target();

  @Option(
      names = "--accepted-base-url",
      paramLabel = "URL",
      defaultValue = "${env:IDC4J_ACCEPTED_BASE_URL}",
      description =
          "Base URL at which the same service returns 202 before each first page. Without it, rules"
              + " about 202 are skipped if the service is too fast.")
  private String acceptedBaseUrl;

  @Mixin private DataOptions dataOptions;

  @Mixin private TokenOptions tokenOptions;

  @Option(
      names = Profile.OPTION,
      paramLabel = "NAME|FILE",
      description =
          "Built-in profile full, reduced (the nine operations of July 2025), index (series without"
              + " instances) or index-bucket (the same with --instances-from-bucket), or a file with any of these options, one per line:"
              + " base-url = http://127.0.0.1:8080/v1. Command-line options take precedence.")
  @SuppressWarnings("UnusedVariable") // The class Profile reads this option.
  private Path profile;

  @Option(
      names = "--report",
      paramLabel = "FOLDER",
      description =
          "Folder for the reports: JUnit XML, HTML, JSON, Markdown, SARIF and a badge. Default:"
              + " ${DEFAULT-VALUE}.")
  private Path report = Path.of("idc4j-report");

  @Option(
      names = "--allow-writes",
      description =
          "Also save and delete cohorts if the service is not on a loopback host. On loopback, writes"
              + " are always allowed.")
  private boolean allowWrites;

  @Mixin private SelectionOptions selectionOptions;

  @Option(
      names = "--min-rules",
      paramLabel = "PERCENT",
      description =
          "Percentage of the applicable rules that the run must verify; otherwise it exits with 3."
              + " Default: 80.")
  private Integer minRules;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "Number of checks to run at the same time. Default: 1; without a target, 2 if there is"
              + " more than one processor.")
  private Integer jobs;

  @Option(names = "--fail-fast", description = "Skip the remaining checks after the first failure.")
  private boolean failFast;

  @Mixin private LimitOptions limitOptions;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "${env:IDC4J_SEED:-1}",
      description =
          "Seed for random choices, such as which collection to use. With one job, runs with the same"
              + " seed send the same requests in the same order. Default: 1.")
  private long seed;

  @Option(
      names = "--known-failures",
      paramLabel = "FILE",
      description =
          "CSV file with the columns rule,reason,link,expires. A failure of a listed rule does not"
              + " count until the date. An entry that is expired, or whose rule passes, fails the"
              + " run.")
  private Path knownFailures;

  @Mixin private NetworkOptions networkOptions;

  /** Options for the base URL of the service. At most one of these options is allowed. */
  private static final class Target {
    @Option(
        names = "--base-url",
        paramLabel = "URL",
        defaultValue = "${env:IDC4J_BASE_URL}",
        description =
            "Base URL of the service, such as http://127.0.0.1:8080/v1. Default: the environment"
                + " variable IDC4J_BASE_URL.")
    private String baseUrl;

    @Option(names = "--live", description = "Use the base URL of the public service.")
    private boolean live;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, UserException {
    try {
      if (dataOptions.areGiven() && (target.live || isGiven(target.baseUrl))) {
        throw new UserException(
            Main.WRONG_USAGE,
            DataOptions.NAMES
                + " are for a service that this command starts. Remove them, or remove"
                + " --base-url, --live and the environment variable IDC4J_BASE_URL.");
      }
      if (target.live) {
        return check(LIVE).exitCode();
      }
      return (isGiven(target.baseUrl)
              ? check(baseUrl("--base-url", target.baseUrl))
              : checkReference())
          .exitCode();
    } catch (FileSystemException e) {
      throw new UserException(Main.OWN_FAULT, e.getMessage());
    }
  }

  private ConformanceResult checkReference()
      throws IOException, InterruptedException, UserException {
    // Build the run on another thread: the classes of the suite load while the service starts.
    FutureTask<ConformanceRunBuilder> settings = new FutureTask<>(this::run);
    new Thread(settings, "idc4j-settings").start();
    ReferenceServiceBuilder builder =
        ReferenceService.builder().sampleSize(SampleSize.small()).slowAddress(UNFINISHED_WAITS);
    dataOptions.addTo(builder);
    try (ReferenceService service = Services.start(builder)) {
      ConformanceRunBuilder run =
          result(settings).baseUrl(service.baseUrl()).acceptedBaseUrl(service.slowBaseUrl());
      if (jobs == null) {
        run.jobs(Math.min(REFERENCE_JOBS, Runtime.getRuntime().availableProcessors()));
      }
      addDevelopmentTokens(service.baseUrl(), run);
      ConformanceResult result = build(run).run();
      if (result.exitCode() != 0) {
        ReproductionSteps.print(
            service,
            dataOptions.hasData() ? dataOptions.asArguments() : " --small-sample",
            UNFINISHED_WAITS);
      }
      return result;
    }
  }

  /**
   * Waits until {@link #run} ends on another thread. Returns the result of {@code run} or throws
   * the same exception. An unexpected exception is wrapped in an {@link IllegalStateException}.
   */
  private static ConformanceRunBuilder result(Future<ConformanceRunBuilder> settings)
      throws IOException, InterruptedException, UserException {
    try {
      return settings.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof UserException problem) {
        throw problem;
      }
      if (cause instanceof IOException problem) {
        throw problem;
      }
      if (cause instanceof Error problem) {
        throw problem;
      }
      throw new IllegalStateException(cause);
    }
  }

  private ConformanceResult check(URI baseUrl)
      throws IOException, InterruptedException, UserException {
    ConformanceRunBuilder run = run().baseUrl(baseUrl);
    if (isGiven(acceptedBaseUrl)) {
      run.acceptedBaseUrl(baseUrl("--accepted-base-url", acceptedBaseUrl));
    }
    if (tokenOptions.areGiven()) {
      tokenOptions.addTo(run);
    } else if (BaseUrl.isLoopback(baseUrl)) {
      addDevelopmentTokens(baseUrl, run);
    }
    return build(run).run();
  }

  private void addDevelopmentTokens(URI service, ConformanceRunBuilder run)
      throws InterruptedException {
    DevelopmentIssuer.of(service, networkOptions.settings(System.getenv()))
        .addTokens(run, limitOptions.maxTime());
  }

  private static ConformanceRun build(ConformanceRunBuilder run) throws UserException {
    try {
      return run.build();
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, e.getMessage());
    }
  }

  private ConformanceRunBuilder run() throws IOException, UserException {
    try {
      ConformanceRunBuilder run =
          ConformanceRun.builder()
              .reporter(Reports.console(System.out, Ansi.AUTO.enabled()))
              .reporter(Reports.folder(report))
              .failFast(failFast)
              .network(networkOptions.settings(System.getenv()))
              .seed(seed);
      selectionOptions.addTo(run);
      limitOptions.addTo(run);
      if (minRules != null) {
        run.minRules(minRules);
      }
      if (jobs != null) {
        run.jobs(jobs);
      }
      if (knownFailures != null) {
        run.knownFailures(KnownFailures.read(knownFailures));
      }
      if (allowWrites) {
        run.allowWrites(true);
      }
      return run;
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, e.getMessage());
    }
  }

  /**
   * Returns whether an option has a value that is not blank. The value may come from an environment
   * variable that is set but empty.
   */
  private static boolean isGiven(String text) {
    return text != null && !text.isBlank();
  }

  private static URI baseUrl(String option, String text) throws UserException {
    try {
      return BaseUrl.parse(option, text);
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, e.getMessage());
    }
  }
}
