package io.github.idc4j.cli;

import io.github.idc4j.service.Limits;
import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.http.RequestLimits;
import io.github.idc4j.service.query.QueryLimits;
import io.github.idc4j.service.query.ResultLimits;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that limit what callers of the reference service can use. */
final class ServiceLimitOptions {

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      split = ",",
      description =
          "Host names that requests may use, in addition to localhost, 127.0.0.1 and [::1]. Requests"
              + " for other hosts receive 421.")
  private List<String> hosts = List.of();

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      converter = Converters.PositiveInt.class,
      description = "Maximum number of connections. Default: 2000.")
  private Integer connections;

  @Option(
      names = "--client-timeout",
      paramLabel = "TIME",
      converter = Converters.PositiveDuration.class,
      description =
          "Maximum time in which a client must send the headers of its next request, a request body,"
              + " and receive each part of a response. Default: 30s.")
  private Duration clientTime;

  @Option(
      names = "--max-body-bytes",
      paramLabel = "N",
      converter = Converters.PositiveInt.class,
      description = "Maximum length of a request body. Default: 10485760.")
  private Integer bodyBytes;

  @Option(
      names = "--max-filter-values",
      paramLabel = "N",
      converter = Converters.PositiveInt.class,
      description = "Maximum number of values of a filter. Default: 25000.")
  private Integer filterValues;

  @Option(
      names = "--max-running-queries",
      paramLabel = "N",
      converter = Converters.PositiveInt.class,
      description = "Maximum number of queries that run at the same time. Default: 64.")
  private Integer running;

  @Option(
      names = "--max-queued-queries",
      paramLabel = "N",
      converter = Converters.PositiveInt.class,
      description = "Maximum number of queries that wait until they can run. Default: 256.")
  private Integer queued;

  @Option(
      names = "--max-queries-per-caller",
      paramLabel = "N",
      converter = Converters.PositiveInt.class,
      description =
          "Maximum number of queries of a caller that run or wait; all anonymous callers together are"
              + " one caller. Default: 64.")
  private Integer perCaller;

  @Option(
      names = "--max-query-time",
      paramLabel = "TIME",
      converter = Converters.PositiveDuration.class,
      description = "Time after which the service cancels a query. Default: 10m.")
  private Duration queryTime;

  @Option(
      names = "--max-rows",
      paramLabel = "N",
      converter = Converters.PositiveLong.class,
      description = "Maximum number of rows in a result. Default: 100000000.")
  private Long rows;

  /**
   * Adds the limits to a service.
   *
   * @throws UserException if the name of a host is not valid
   */
  void addTo(ReferenceServiceBuilder builder) throws UserException {
    RequestLimits requests = RequestLimits.standard();
    QueryLimits queries = QueryLimits.standard();
    ResultLimits results = ResultLimits.standard();
    int body = or(bodyBytes, requests.bodyBytes());
    Duration time = or(clientTime, requests.headerTime());
    try {
      builder.allowedHosts(hosts.stream().distinct().toArray(String[]::new));
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, "--allow-host: " + e.getMessage());
    }
    builder.limits(
        new Limits(
            new RequestLimits(
                or(connections, requests.connections()),
                time,
                time,
                time,
                body,
                Math.max(body, requests.totalBodyBytes()),
                or(filterValues, requests.filterValues())),
            new QueryLimits(
                or(running, queries.running()),
                or(queued, queries.queued()),
                or(perCaller, queries.perCaller()),
                or(queryTime, queries.time())),
            new ResultLimits(
                results.results(),
                results.resultsPerUser(),
                or(rows, results.rows()),
                results.bytes())));
  }

  private static <T> T or(T given, T standard) {
    return given == null ? standard : given;
  }
}
