package io.github.idc4j.cli;

import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.ReferenceServiceBuilder;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** Options for what operators need to know about a service. */
final class MonitoringOptions {

  @Option(
      names = "--metrics-port",
      paramLabel = "N",
      description =
          "Show the metrics for Prometheus at the path /metrics of this port; 0 for a free port."
              + " Default: at the port of the service.")
  private Integer metricsPort;

  @Option(
      names = "--log-requests",
      description =
          "Log each request as a JSON object in one line, on standard error. Default: off.")
  private boolean logRequests;

  void addTo(ReferenceServiceBuilder builder) throws UserException {
    if (logRequests) {
      Logs.showRequests();
    }
    if (metricsPort == null) {
      return;
    }
    if (metricsPort < 0 || metricsPort > 65_535) {
      throw new UserException(
          Main.WRONG_USAGE,
          "--metrics-port must be between 0 and 65535, but was " + metricsPort + ".");
    }
    builder.metricsPort(metricsPort);
  }

  /** Prints the URL of the metrics if they have a port of their own. */
  void print(ReferenceService service, PrintWriter output) {
    if (metricsPort != null) {
      output.println("metrics: " + service.metricsUrl());
    }
  }
}
