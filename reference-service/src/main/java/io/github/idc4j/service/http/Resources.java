package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Caller;
import io.github.idc4j.service.auth.Issuer;
import io.github.idc4j.service.cohort.Cohorts;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.fault.Fault;
import io.github.idc4j.service.query.PageTokens;
import io.github.idc4j.service.query.Queries;
import io.github.idc4j.service.query.Walks;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the servers of one service share.
 *
 * @param quirks whether the service has the quirks of the deployed one
 * @param cors whether pages of other origins may call the service
 */
public record Resources(
    Catalogue catalogue,
    Database database,
    Cohorts cohorts,
    Walks walks,
    PageTokens tokens,
    Issuer issuer,
    boolean quirks,
    boolean cors,
    Set<Fault> faults,
    Clock clock) {

  /** Copies the faults. */
  public Resources {
    faults = Set.copyOf(faults);
  }

  /**
   * Starts a server of version 1, with its development issuer.
   *
   * @param unfinishedWaits how many waits of each walk that begins here end with 202 at once
   */
  public HttpServer serve(int port, int unfinishedWaits) {
    Service service = new Service(catalogue, database, cohorts, quirks);
    Queries queries = new Queries(catalogue, quirks);
    Pages pages = new Pages(walks, tokens, unfinishedWaits, quirks, faults);
    List<Route> routes =
        Stream.of(
                new MetadataResource(service).routes(),
                new AccountResource(service).routes(),
                new CohortsResource(service, clock).routes(),
                new ManifestResource(service, queries, pages).routes(),
                new QueryResource(service, queries, pages).routes(),
                new IssuerResource(issuer, cohorts).routes())
            .flatMap(List::stream)
            .toList();
    return new HttpServer(port, routes, token -> issuer.verify(token, quirks), quirks, cors);
  }

  /** Starts a server with the remaining operations of version 1, which ignore credentials. */
  public static HttpServer serveRetired(int port, boolean cors) {
    return new HttpServer(
        port, RetiredResource.routes(), token -> new Caller.Anonymous(), true, cors);
  }
}
