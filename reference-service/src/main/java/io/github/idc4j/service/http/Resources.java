package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Caller;
import io.github.idc4j.service.auth.Issuer;
import io.github.idc4j.service.auth.TokenVerifier;
import io.github.idc4j.service.auth.TrustedIssuer;
import io.github.idc4j.service.cohort.Cohorts;
import io.github.idc4j.service.data.AbsentColumns;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.data.InstanceColumns;
import io.github.idc4j.service.engine.Dialect;
import io.github.idc4j.service.fault.Fault;
import io.github.idc4j.service.query.PageTokens;
import io.github.idc4j.service.query.Queries;
import io.github.idc4j.service.query.Walks;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The parts of a service that its HTTP servers share.
 *
 * @param dialect the dialect of the engine, which knows the columns of the data
 * @param issuer the development issuer
 * @param trustedIssuer the issuer of all ID tokens; if empty, the development issuer
 * @param quirks whether the service has the quirks of the deployed service
 * @param reduced whether the service has only the operations of {@link ReducedOperations}
 * @param absentColumns how the service responds to requests for columns that the data set does not
 *     have
 * @param instanceColumns the manifest columns whose values come from the buckets
 * @param cors whether web pages of other origins may call the service
 * @param network where the first server listens
 * @param monitoring what operators need to know about the service
 * @param metricsShown whether the metrics are at the ports of the service
 */
public record Resources(
    Catalogue catalogue,
    Database database,
    Dialect dialect,
    Cohorts cohorts,
    Walks walks,
    PageTokens tokens,
    Issuer issuer,
    Optional<TrustedIssuer> trustedIssuer,
    boolean quirks,
    boolean reduced,
    AbsentColumns absentColumns,
    InstanceColumns instanceColumns,
    boolean cors,
    NetworkSettings network,
    RequestLimits limits,
    Monitoring monitoring,
    boolean metricsShown,
    Set<Fault> faults,
    Clock clock) {

  /** Creates an instance with a copy of the faults. */
  public Resources {
    faults = Set.copyOf(faults);
  }

  /**
   * Starts an HTTP server with all operations of version 1. The server has the development issuer
   * if there is no trusted issuer and only programs on this host can reach the server.
   *
   * @param another whether this is another server, which listens on a free port
   * @param unfinishedWaits how many requests at the start of each walk receive 202 immediately;
   *     applies only to walks that begin at this server
   */
  public HttpServer serve(boolean another, int unfinishedWaits) throws IOException {
    Rules rules = Rules.of(quirks);
    Ownership ownership = new Ownership(cohorts);
    CohortDefinitions definitions = new CohortDefinitions(catalogue, database, rules, limits);
    DataColumns columns = new DataColumns(dialect, absentColumns);
    Queries queries = new Queries(catalogue, rules.filters(), dialect, instanceColumns);
    Pages pages = new Pages(walks, tokens, unfinishedWaits, rules, faults);
    List<Route> operations =
        Stream.of(
                new MetadataResource(catalogue, database, dialect).routes(),
                new AccountResource(ownership, rules).routes(),
                new CohortsResource(
                        cohorts, ownership, definitions, columns, database, rules, clock)
                    .routes(),
                new ManifestResource(
                        catalogue,
                        ownership,
                        definitions,
                        columns,
                        rules,
                        queries,
                        pages,
                        instanceColumns)
                    .routes(),
                new QueryResource(catalogue, ownership, definitions, columns, rules, queries, pages)
                    .routes())
            .flatMap(List::stream)
            .filter(route -> !reduced || ReducedOperations.contain(route))
            .toList();
    Optional<DevelopmentIssuer> developmentIssuer =
        trustedIssuer.isPresent() || !network.isLocal()
            ? Optional.empty()
            : Optional.of(new DevelopmentIssuer(issuer, cohorts, clock));
    List<Route> routes =
        Stream.of(
                operations,
                SwaggerResource.routes(operations, developmentIssuer.isPresent()),
                operationRoutes(monitoring, metricsShown))
            .flatMap(List::stream)
            .toList();
    return new HttpServer(
        routes,
        verifier(rules),
        developmentIssuer,
        new HttpServer.Settings(
            rules, cors, another ? network.withPort(0) : network, limits, monitoring.metrics()));
  }

  private static List<Route> operationRoutes(Monitoring monitoring, boolean metricsShown) {
    return Stream.concat(
            OperationResource.routes(monitoring).stream(),
            metricsShown ? OperationResource.metrics(monitoring.metrics()).stream() : Stream.of())
        .toList();
  }

  private HttpServer.Verifier verifier(Rules rules) {
    if (trustedIssuer.isPresent()) {
      return new SignIn(trustedIssuer.get().verifier(clock), cohorts, rules.acceptsUnnamed());
    }
    TokenVerifier verifier = issuer.verifier();
    return token -> SignIn.verify(verifier, token, rules.acceptsUnnamed());
  }

  /**
   * Starts an HTTP server that responds like the retired service. The server ignores credentials.
   */
  public static HttpServer serveRetired(
      boolean cors,
      NetworkSettings network,
      RequestLimits limits,
      Monitoring monitoring,
      boolean metricsShown)
      throws IOException {
    return serve(
        Stream.concat(
                RetiredResource.routes().stream(),
                operationRoutes(monitoring, metricsShown).stream())
            .toList(),
        new HttpServer.Settings(Rules.of(true), cors, network, limits, monitoring.metrics()));
  }

  /** Starts an HTTP server that has only the metrics. */
  public static HttpServer serveMetrics(
      NetworkSettings network, RequestLimits limits, Metrics metrics) throws IOException {
    return serve(
        OperationResource.metrics(metrics),
        new HttpServer.Settings(Rules.of(false), false, network, limits, metrics));
  }

  /** Starts an HTTP server that ignores credentials. */
  private static HttpServer serve(List<Route> routes, HttpServer.Settings settings)
      throws IOException {
    return new HttpServer(routes, token -> new Caller.Anonymous(), Optional.empty(), settings);
  }
}
