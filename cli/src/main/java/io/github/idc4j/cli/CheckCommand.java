package io.github.idc4j.cli;

import io.github.idc4j.conformance.report.Reports;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.run.BaseUrl;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.ConformanceRun;
import io.github.idc4j.conformance.run.ConformanceRunBuilder;
import io.github.idc4j.conformance.run.CredentialsFile;
import io.github.idc4j.conformance.run.KnownFailures;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a service against the contract. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Checks a service against the contract of version 1; without a target, a reference service"
            + " that it starts itself on a free port of this machine.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all rules hold",
      "1:a rule failed, or an entry of the known failures is out of date",
      "2:wrong usage",
      "3:the suite or its environment failed, or too few of the applicable rules were verified",
      "4:the service is retired",
      "5:the service can't be reached, went away, or did not answer in time"
    })
final class CheckCommand implements Callable<Integer> {

  private static final URI LIVE = URI.create("https://api.imaging.datacommons.cancer.gov/v1");

  /** The service itself needs a processor, too. */
  private static final int REFERENCE_JOBS = 2;

  /** How many waits of each walk end with 202 at the reference service's slow address. */
  private static final int UNFINISHED_WAITS = 2;

  @ArgGroup private Target target = new Target();

  @Option(
      names = "--accepted-base-url",
      paramLabel = "URL",
      defaultValue = "${env:IDC4J_ACCEPTED_BASE_URL}",
      description =
          "Base URL at which the same service answers 202 before each first page; without it the"
              + " rules of 202 are skipped where the service is too fast.")
  private String acceptedBaseUrl;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "ID token of a user; better given as the environment's IDC4J_TOKEN. Without it the rules"
              + " that need a user are skipped, or, on this machine, the service's development"
              + " issuer is asked. IDC4J_EXPIRED_TOKEN, IDC4J_STRANGER_TOKEN (a user without an"
              + " account) and IDC4J_NAMELESS_TOKEN (no e-mail address) serve some more rules.")
  private String token;

  @Option(
      names = "--second-token",
      paramLabel = "TOKEN",
      description = "ID token of another user; better given as IDC4J_SECOND_TOKEN.")
  private String secondToken;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description = "Credentials file of IDC's login script to read the ID token from.")
  private Path credentials;

  @Option(
      names = "--second-credentials",
      paramLabel = "FILE",
      description = "Credentials file of another user.")
  private Path secondCredentials;

  @Option(
      names = Profile.OPTION,
      paramLabel = "NAME|FILE",
      description =
          "Built-in profile full, reduced (the nine operations of July 2025) or index (series"
              + " without instances), or a file with any of these options, one per line:"
              + " base-url = http://127.0.0.1:8080/v1. Options of the command line take precedence.")
  @SuppressWarnings("UnusedVariable") // Profile reads it, before the other options are read.
  private Path profile;

  @Option(
      names = "--report",
      paramLabel = "FOLDER",
      description =
          "Folder of the reports: JUnit XML, HTML, JSON, Markdown, SARIF and a badge. Default:"
              + " ${DEFAULT-VALUE}.")
  private Path report = Path.of("idc4j-report");

  @Option(
      names = "--allow-writes",
      description =
          "Save and delete cohorts at a service of another machine too. A service of this machine"
              + " is always written to; any other never without this.")
  private boolean allowWrites;

  @Option(
      names = "--rule",
      paramLabel = "ID",
      split = ",",
      description = "Only checks about this rule, such as paging.order; may be repeated.")
  private Set<String> rules = Set.of();

  @Option(
      names = "--exclude-rule",
      paramLabel = "ID",
      split = ",",
      description =
          "Do not verify this rule: checks without another rule are not performed. May be repeated.")
  private Set<String> excludedRules = Set.of();

  @Option(
      names = "--area",
      paramLabel = "NAME",
      split = ",",
      description = "Only checks of this area, such as paging; may be repeated.")
  private Set<String> areas = Set.of();

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      split = ",",
      description =
          "Only checks about a rule of this level: MUST, SHOULD, MAY or QUIRK; may be repeated.")
  private Set<Level> levels = EnumSet.allOf(Level.class);

  @Option(
      names = "--without",
      paramLabel = "NAME",
      split = ",",
      description =
          "What the service does not offer: cohorts, account, dicomMetadata, the identifier of an"
              + " operation, or column:NAME. Checks that need it are listed as not offered; if the"
              + " service offers it all the same, that is reported. May be repeated.")
  private Set<String> without = Set.of();

  @Option(
      names = "--min-rules",
      paramLabel = "PERCENT",
      description =
          "Percentage of the applicable rules that the run must verify; with less, it exits with 3."
              + " Default: 80.")
  private Integer minRules;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "Number of checks to perform at the same time. Default: 1; without a target, 2 if there is"
              + " more than one processor.")
  private Integer jobs;

  @Option(names = "--fail-fast", description = "Skip what comes after the first check that fails.")
  private boolean failFast;

  @Option(
      names = "--max-requests",
      paramLabel = "N",
      description = "Send no more requests than this; what needs more is skipped.")
  private Integer maxRequests;

  @Option(
      names = "--max-seconds",
      paramLabel = "S",
      description =
          "Send no requests after this time, which includes getting ID tokens from a development"
              + " issuer; what needs longer is skipped.")
  private Integer maxSeconds;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Send at most this many requests in a second.")
  private double rate;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description =
          "How long an answer is waited for, such as 30s; a check without one is slow. Default: 2m.")
  private Duration timeout;

  @Option(
      names = "--max-wait",
      paramLabel = "TIME",
      description =
          "How long a query may answer 202 before it counts as one that never ends. Default: 10m.")
  private Duration maxWait;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "${env:IDC4J_SEED:-1}",
      description =
          "What the choices of the run come from, such as the collection: the same seed sends the"
              + " same requests in the same order. Default: 1.")
  private long seed;

  @Option(
      names = "--known-failures",
      paramLabel = "FILE",
      description =
          "CSV file with the columns rule,reason,link,expires: a failure of such a rule does not"
              + " count, until the date. An entry that is expired, or whose rule holds, fails the"
              + " run.")
  private Path knownFailures;

  @Mixin private NetworkOptions networkOptions;

  /** Where the service is; one way to say it at most. */
  private static final class Target {
    @Option(
        names = "--base-url",
        paramLabel = "URL",
        defaultValue = "${env:IDC4J_BASE_URL}",
        description =
            "Base URL of the service, such as http://127.0.0.1:8080/v1; also the environment's"
                + " IDC4J_BASE_URL.")
    private String baseUrl;

    @Option(names = "--live", description = "Short for the public service's base URL.")
    private boolean live;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, UserException {
    try {
      if (target.live) {
        return check(LIVE).exitCode();
      }
      return (isGiven(target.baseUrl)
              ? check(address("--base-url", target.baseUrl))
              : checkReference())
          .exitCode();
    } catch (FileSystemException e) {
      throw new UserException(Main.WRONG_USAGE, e.getMessage());
    }
  }

  private ConformanceResult checkReference()
      throws IOException, InterruptedException, UserException {
    try (ReferenceService service =
        Services.start(
            ReferenceService.builder()
                .sampleSize(SampleSize.small())
                .slowAddress(UNFINISHED_WAITS))) {
      ConformanceRunBuilder run =
          run().baseUrl(service.baseUrl()).acceptedBaseUrl(service.slowBaseUrl());
      if (jobs == null) {
        run.jobs(Math.min(REFERENCE_JOBS, Runtime.getRuntime().availableProcessors()));
      }
      addDevelopmentTokens(service.baseUrl(), run);
      ConformanceResult result = built(run).run();
      if (result.exitCode() != 0) {
        tellHowToReproduce(service);
      }
      return result;
    }
  }

  /** The services of this run end with it; the curl lines need them again. */
  private static void tellHowToReproduce(ReferenceService service) {
    System.out.println("The curl lines above work while these run:");
    tellServe(service.baseUrl(), "");
    tellServe(service.slowBaseUrl(), " --unfinished-waits " + UNFINISHED_WAITS);
    tellToken("IDC4J_TOKEN", DevelopmentIssuer.FIRST_USER, service);
    tellToken("IDC4J_SECOND_TOKEN", DevelopmentIssuer.SECOND_USER, service);
  }

  private static void tellServe(URI baseUrl, String options) {
    System.out.println("  ./idc4j serve --small-sample --port " + baseUrl.getPort() + options);
  }

  private static void tellToken(String variable, String user, ReferenceService service) {
    System.out.println(
        "  export "
            + variable
            + "=$(./idc4j token "
            + user
            + " --port "
            + service.baseUrl().getPort()
            + ")");
  }

  private ConformanceResult check(URI baseUrl)
      throws IOException, InterruptedException, UserException {
    ConformanceRunBuilder run = run().baseUrl(baseUrl);
    if (isGiven(acceptedBaseUrl)) {
      run.acceptedBaseUrl(address("--accepted-base-url", acceptedBaseUrl));
    }
    if (hasToken()) {
      addTokens(run);
    } else if (BaseUrl.isLoopback(baseUrl)) {
      addDevelopmentTokens(baseUrl, run);
    }
    return built(run).run();
  }

  private void addDevelopmentTokens(URI service, ConformanceRunBuilder run)
      throws InterruptedException {
    DevelopmentIssuer.of(service, networkOptions.settings(System.getenv()))
        .addTokens(run, Optional.ofNullable(maxSeconds).map(Duration::ofSeconds));
  }

  private static ConformanceRun built(ConformanceRunBuilder run) throws UserException {
    try {
      return run.build();
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, e.getMessage());
    }
  }

  private boolean hasToken() {
    return Stream.of(token, secondToken, credentials, secondCredentials).anyMatch(Objects::nonNull)
        || System.getenv().keySet().stream()
            .anyMatch(name -> name.matches("IDC4J_([A-Z]+_)?TOKEN"));
  }

  private void addTokens(ConformanceRunBuilder run) throws UserException {
    run.tokensFrom(System.getenv());
    if (token != null || credentials != null) {
      run.token(token(token, credentials));
    }
    if (secondToken != null || secondCredentials != null) {
      run.secondToken(token(secondToken, secondCredentials));
    }
  }

  private static String token(String token, Path credentials) throws UserException {
    try {
      return token == null ? CredentialsFile.idToken(credentials) : token;
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
              .select(rules, areas, levels)
              .excludeRules(excludedRules)
              .without(without)
              .failFast(failFast)
              .requestsPerSecond(rate)
              .network(networkOptions.settings(System.getenv()))
              .seed(seed);
      if (minRules != null) {
        run.minRules(minRules);
      }
      if (jobs != null) {
        run.jobs(jobs);
      }
      if (timeout != null) {
        run.responseTimeout(timeout);
      }
      if (maxWait != null) {
        run.maxPending(maxWait);
      }
      if (maxRequests != null) {
        run.maxRequests(maxRequests);
      }
      if (maxSeconds != null) {
        run.maxTime(Duration.ofSeconds(maxSeconds));
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

  /** A variable of the environment may be set to nothing. */
  private static boolean isGiven(String text) {
    return text != null && !text.isBlank();
  }

  private static URI address(String option, String text) throws UserException {
    try {
      return BaseUrl.parse(option, text);
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, e.getMessage());
    }
  }
}
