package io.github.idc4j.cli;

import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.fault.Fault;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the reference service until the user interrupts the command. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs the reference service until it is interrupted.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "2:invalid usage",
      "3:the service can't start: its port, data, state, key file, TLS key or BigQuery is unusable, or"
          + " Java or Maven is missing"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  idc4j serve --cors", "  idc4j serve --state state --log-requests"})
final class ServeCommand implements Callable<Integer> {

  static final int DEFAULT_PORT = 8080;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port; 0 for a free port. Default: ${DEFAULT-VALUE}.")
  private int port = DEFAULT_PORT;

  @Mixin private ServiceNetworkOptions networkOptions;

  @Option(names = "--quirks", description = "Reproduce the quirks of the deployed service.")
  private boolean quirks;

  @Option(
      names = "--reduced",
      description =
          "Have only the nine operations of the public service between July 2025 and its"
              + " retirement.")
  private boolean reduced;

  @Option(
      names = "--retired",
      description = "Respond like the retired public service: with 410, 404 or 405.")
  private boolean retired;

  @Option(
      names = "--cors",
      description =
          "Allow web pages of any origin to call the operations of version 1; off by default.")
  private boolean cors;

  @Option(
      names = "--query-wait",
      paramLabel = "TIME",
      description =
          "Maximum time that a request waits for its query before the service returns 202, such as"
              + " 30s or 250ms. Default: 30s.")
  private Duration queryWait = Duration.ofSeconds(30);

  @Option(
      names = "--unfinished-waits",
      paramLabel = "K",
      description = "Return 202 for the first K requests of every query. Default: 0.")
  private int unfinishedWaits;

  @Mixin private DataOptions dataOptions;

  @Mixin private BigQueryOptions bigQueryOptions;

  @Mixin private ServiceLimitOptions limitOptions;

  @Option(
      names = "--small-sample",
      description =
          "Use the synthetic data that idc4j check uses without --base-url: 4 collections, 8,000"
              + " instances. Default: 20 collections, 100,000 instances.")
  private boolean smallSample;

  @Option(
      names = "--sample-instances",
      paramLabel = "N",
      description =
          "Use synthetic data with N instances, from 100000 to 50000000, and with the skew and the"
              + " null values of the real index. The first start generates the data, which takes"
              + " minutes for millions of instances.")
  private Long sampleInstances;

  @Mixin private StateOptions stateOptions;

  @Mixin private SignInOptions signInOptions;

  @Mixin private MonitoringOptions monitoringOptions;

  @Option(
      names = Configuration.OPTION,
      paramLabel = "FILE",
      description =
          "File with any of these options, one per line without dashes: port = 8080. Environment"
              + " variables such as IDC4J_SERVE_PORT take precedence over the file, and options over"
              + " both.")
  @SuppressWarnings("UnusedVariable") // The class Configuration reads this option.
  private Path config;

  @Option(
      names = "--fault",
      split = ",",
      paramLabel = "NAME",
      description = "Violate one rule on purpose, to see a check fail: ${COMPLETION-CANDIDATES}.")
  private Set<Fault> faults = EnumSet.noneOf(Fault.class);

  @Override
  public Integer call() throws InterruptedException, UserException {
    if (port < 0 || port > 65_535) {
      throw new UserException(
          Main.WRONG_USAGE, "--port must be between 0 and 65535, but was " + port + ".");
    }
    if (unfinishedWaits < 0) {
      throw new UserException(
          Main.WRONG_USAGE,
          "--unfinished-waits must not be negative, but was " + unfinishedWaits + ".");
    }
    if (reduced && retired) {
      throw new UserException(
          Main.WRONG_USAGE, "--reduced cannot be combined with --retired. Choose one of them.");
    }
    if (dataOptions.areGiven() && (retired || smallSample)) {
      throw new UserException(
          Main.WRONG_USAGE,
          DataOptions.NAMES
              + " cannot be combined with "
              + (retired
                  ? "--retired, because a retired service has no data."
                  : "--small-sample."));
    }
    if (retired && (stateOptions.areGiven() || !faults.isEmpty())) {
      throw new UserException(
          Main.WRONG_USAGE,
          "--state, --key-file and --fault cannot be combined with --retired, because a retired"
              + " service has no accounts and no queries.");
    }
    if (signInOptions.areGiven() && retired) {
      throw new UserException(
          Main.WRONG_USAGE,
          "--issuer and --audience cannot be combined with --retired, because a retired service"
              + " ignores ID tokens.");
    }
    if (sampleInstances != null) {
      validateSampleInstances();
    }
    if (bigQueryOptions.areGiven() && (retired || (!dataOptions.hasData() && !smallSample))) {
      throw new UserException(
          Main.WRONG_USAGE,
          retired
              ? "Options that begin with --bigquery cannot be combined with --retired, because a"
                  + " retired service has no data."
              : "Options that begin with --bigquery need --data, because collections, analysis"
                  + " results and releases come from the index, not from BigQuery.");
    }
    if (bigQueryOptions.areGiven() && dataOptions.listsInstances()) {
      throw new UserException(
          Main.WRONG_USAGE,
          "--instances-from-bucket cannot be combined with options that begin with --bigquery,"
              + " because the instances then come from BigQuery.");
    }
    ReferenceServiceBuilder builder =
        ReferenceService.builder()
            .port(port)
            .quirks(quirks)
            .reduced(reduced)
            .retired(retired)
            .cors(cors)
            .queryWait(queryWait)
            .unfinishedWaits(unfinishedWaits);
    networkOptions.addTo(builder, System.getenv());
    dataOptions.addTo(builder);
    bigQueryOptions.addTo(builder);
    signInOptions.addTo(builder);
    limitOptions.addTo(builder);
    monitoringOptions.addTo(builder);
    stateOptions.addTo(builder);
    if (smallSample) {
      builder.sampleSize(SampleSize.small());
    } else if (sampleInstances != null) {
      builder.sampleSize(SampleSize.scaled(sampleInstances));
    }
    faults.forEach(builder::fault);
    ReferenceService service = Services.start(builder);
    Runtime.getRuntime().addShutdownHook(new Thread(service::close));
    spec.commandLine().getOut().println(service.baseUrl());
    spec.commandLine().getOut().flush();
    PrintWriter err = spec.commandLine().getErr();
    err.println(Version.contract());
    if (!dataOptions.hasData() && !retired) {
      err.println(
          "Data: synthetic. For real data, add --data: see "
              + Launcher.command("help serve")
              + ".");
    }
    Configuration.describe(spec.commandLine()).forEach(err::println);
    networkOptions.notices(!retired && !signInOptions.areGiven()).forEach(err::println);
    monitoringOptions.print(service, err);
    err.flush();
    new CountDownLatch(1).await();
    return 0;
  }

  private void validateSampleInstances() throws UserException {
    if (dataOptions.areGiven() || smallSample || retired) {
      throw new UserException(
          Main.WRONG_USAGE,
          "--sample-instances cannot be combined with "
              + DataOptions.NAMES
              + ", nor with --small-sample or --retired.");
    }
    if (sampleInstances < SampleSize.MIN_SCALED || sampleInstances > SampleSize.MAX_SCALED) {
      throw new UserException(
          Main.WRONG_USAGE,
          "--sample-instances must be between %d and %d, but was %d."
              .formatted(SampleSize.MIN_SCALED, SampleSize.MAX_SCALED, sampleInstances));
    }
  }
}
