package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Caller;
import io.github.idc4j.service.auth.TokenVerifier;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.query.Counts;
import io.github.idc4j.service.query.Queries;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts HTTP servers. */
public final class Servers {

  private Servers() {}

  /**
   * Starts a server with the operations of version 1. The server has the development issuer if
   * there is a loopback address and no trusted issuer.
   *
   * @param unfinishedWaits how many requests at the start of each walk receive 202 immediately;
   *     applies only to walks that begin at this server
   */
  public static HttpServer start(Resources resources, ServerSettings settings, int unfinishedWaits)
      throws IOException {
    List<Route> operations = operations(resources, settings, unfinishedWaits);
    Optional<DevelopmentIssuer> developmentIssuer =
        resources.trustedIssuer().isPresent() || !settings.network().isLocal()
            ? Optional.empty()
            : Optional.of(
                new DevelopmentIssuer(resources.issuer(), resources.cohorts(), resources.clock()));
    Optional<CountsResource> counts = counts(resources, settings);
    return new HttpServer(
        joined(
            Stream.of(
                operations,
                SwaggerResource.routes(operations, developmentIssuer.isPresent()),
                counts.map(some -> exploration(resources.database(), some)).orElse(List.of()),
                monitoring(settings))),
        verifier(resources, settings.rules()),
        developmentIssuer,
        settings);
  }

  private static List<Route> operations(
      Resources resources, ServerSettings settings, int unfinishedWaits) {
    Rules rules = settings.rules();
    Ownership ownership = new Ownership(resources.cohorts());
    CohortDefinitions definitions =
        new CohortDefinitions(
            resources.catalogue(), resources.database(), rules, settings.limits());
    DataColumns columns = new DataColumns(resources.dialect(), resources.absentColumns());
    Queries queries =
        new Queries(
            resources.catalogue(),
            rules.filters(),
            resources.dialect(),
            resources.instanceColumns());
    Pages pages =
        new Pages(resources.walks(), resources.tokens(), unfinishedWaits, rules, settings.faults());
    return joined(
            Stream.of(
                new MetadataResource(
                        resources.catalogue(), resources.database(), resources.dialect())
                    .routes(),
                new AccountResource(ownership, rules).routes(),
                new CohortsResource(
                        resources.cohorts(),
                        ownership,
                        definitions,
                        columns,
                        resources.database(),
                        rules,
                        resources.clock())
                    .routes(),
                new ManifestResource(
                        resources.catalogue(),
                        ownership,
                        definitions,
                        columns,
                        rules,
                        queries,
                        pages,
                        resources.instanceColumns())
                    .routes(),
                new QueryResource(
                        resources.catalogue(),
                        ownership,
                        definitions,
                        columns,
                        rules,
                        queries,
                        pages)
                    .routes()))
        .stream()
        .filter(route -> !settings.reduced() || ReducedOperations.contain(route))
        .toList();
  }

  /** The deployed service did not count series, and neither do the modes that reproduce it. */
  private static Optional<CountsResource> counts(Resources resources, ServerSettings settings) {
    if (settings.quirks() || settings.reduced()) {
      return Optional.empty();
    }
    Rules rules = settings.rules();
    return Optional.of(
        new CountsResource(
            resources.database().activeVersion().number(),
            resources.catalogue(),
            resources.dialect(),
            new CohortDefinitions(
                resources.catalogue(), resources.database(), rules, settings.limits()),
            new DataColumns(resources.dialect(), resources.absentColumns()),
            new Counts(resources.catalogue(), rules.filters(), resources.dialect()),
            resources.walks()));
  }

  private static List<Route> exploration(Database database, CountsResource counts) {
    return joined(Stream.of(ExplorePage.routes(database, counts), counts.routes()));
  }

  private static HttpServer.Verifier verifier(Resources resources, Rules rules) {
    if (resources.trustedIssuer().isPresent()) {
      return new SignIn(
          resources.trustedIssuer().get().verifier(resources.clock()),
          resources.cohorts(),
          rules.acceptsUnnamed());
    }
    TokenVerifier verifier = resources.issuer().verifier();
    return token -> SignIn.verify(verifier, token, rules.acceptsUnnamed());
  }

  /** Starts a server that responds like the retired service, and ignores credentials. */
  public static HttpServer startRetired(ServerSettings settings) throws IOException {
    return withoutSignIn(
        joined(Stream.of(RetiredResource.routes(), monitoring(settings))), settings);
  }

  /** Starts a server that has only the metrics. */
  public static HttpServer startMetrics(ServerSettings settings) throws IOException {
    return withoutSignIn(OperationResource.metrics(settings.monitoring().metrics()), settings);
  }

  private static HttpServer withoutSignIn(List<Route> routes, ServerSettings settings)
      throws IOException {
    return new HttpServer(routes, token -> new Caller.Anonymous(), Optional.empty(), settings);
  }

  private static List<Route> monitoring(ServerSettings settings) {
    Monitoring monitoring = settings.monitoring();
    return settings.metricsShown()
        ? joined(
            Stream.of(
                OperationResource.routes(monitoring),
                OperationResource.metrics(monitoring.metrics())))
        : OperationResource.routes(monitoring);
  }

  private static List<Route> joined(Stream<List<Route>> routes) {
    return routes.flatMap(List::stream).toList();
  }
}
