package io.github.idc4j.service;

import io.github.idc4j.service.auth.Issuer;
import io.github.idc4j.service.auth.Keys;
import io.github.idc4j.service.bucket.InstanceListings;
import io.github.idc4j.service.cohort.Cohorts;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.data.InstanceColumns;
import io.github.idc4j.service.engine.QueryEngine;
import io.github.idc4j.service.http.HttpServer;
import io.github.idc4j.service.http.Metrics;
import io.github.idc4j.service.http.Monitoring;
import io.github.idc4j.service.http.Readiness;
import io.github.idc4j.service.http.Resources;
import io.github.idc4j.service.http.ServerSettings;
import io.github.idc4j.service.http.Servers;
import io.github.idc4j.service.query.PageTokens;
import io.github.idc4j.service.query.Walks;
import io.github.idc4j.service.state.State;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Runs a service of version 1 of the IDC REST API, with synthetic or real data in DuckDB or
 * BigQuery. By default, only programs on this host can reach the service.
 *
 * <p>Safe for use by several threads. By default, the service accepts only ID tokens from its own
 * development issuer. Unless the service has a {@linkplain ReferenceServiceBuilder#stateFolder
 * state}, its tokens and cohorts are invalid after a restart.
 *
 * <pre>{@code
 * try (ReferenceService service = ReferenceService.builder().start()) {
 *   HttpRequest.newBuilder(URI.create(service.baseUrl() + "/collections"));
 * }
 * }</pre>
 */
public final class ReferenceService implements AutoCloseable {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final HttpServer server;
  private final Issuer issuer;
  private final boolean hasTrustedIssuer;
  private final Optional<Cohorts> cohorts;
  private final URI metricsUrl;
  private Optional<HttpServer> slow = Optional.empty();
  private Optional<Readiness> readiness = Optional.empty();

  ReferenceService(ReferenceServiceBuilder chosen) throws IOException, SQLException {
    hasTrustedIssuer = chosen.trustedIssuer.isPresent();
    Metrics metrics = new Metrics();
    ServerSettings settings;
    try {
      State state = opened(chosen.state());
      Keys keys = chosen.keys(state);
      issuer = new Issuer(keys.issuer(), chosen.clock);
      if (chosen.retired) {
        cohorts = Optional.empty();
        readiness = Optional.of(new Readiness(() -> {}));
        settings = chosen.server(new Monitoring(readiness.get(), metrics));
        server = opened(Servers.startRetired(settings));
      } else {
        Catalogue catalogue = new Catalogue();
        Optional<InstanceListings> listings = listings(chosen);
        Database database =
            opened(
                Database.open(
                    catalogue, chosen.data, chosen.dataFolder(), chosen.seed, chosen.sampleSize));
        InstanceColumns instanceColumns =
            listings.isPresent() ? InstanceColumns.of(catalogue, database) : InstanceColumns.none();
        QueryEngine engine = opened(chosen.engine(catalogue, database, listings));
        Cohorts saved = new Cohorts(opened(state.accounts(database)), chosen.clock);
        Walks walks =
            opened(
                new Walks(
                    engine,
                    chosen.clock,
                    chosen.resultLifetime,
                    chosen.queryWait,
                    chosen.limits.queries(),
                    chosen.limits.results(),
                    state.results()));
        metrics.add(walks::statistics);
        readiness = Optional.of(new Readiness(database::check));
        cohorts = Optional.of(saved);
        Resources resources =
            new Resources(
                catalogue,
                database,
                engine.dialect(),
                saved,
                walks,
                new PageTokens(keys.pageTokens()),
                issuer,
                chosen.trustedIssuer,
                chosen.absentColumns,
                instanceColumns,
                chosen.clock);
        settings = chosen.server(new Monitoring(readiness.get(), metrics));
        server = opened(Servers.start(resources, settings, chosen.unfinishedWaits));
        if (chosen.slowAddressWaits > 0) {
          slow =
              Optional.of(
                  opened(
                      Servers.start(resources, settings.withFreePort(), chosen.slowAddressWaits)));
        }
      }
      HttpServer metricsServer =
          settings.metricsShown()
              ? server
              : opened(Servers.startMetrics(chosen.metricsServer(settings.monitoring())));
      metricsUrl = metricsServer.url().resolve("/metrics");
    } catch (IOException | SQLException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private Optional<InstanceListings> listings(ReferenceServiceBuilder chosen) throws IOException {
    return chosen.instancesFromBucket
        ? Optional.of(opened(InstanceListings.open(chosen.bucketEndpoint, chosen.dataFolder())))
        : Optional.empty();
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  /** Returns a builder with default settings. */
  public static ReferenceServiceBuilder builder() {
    return new ReferenceServiceBuilder();
  }

  /** Returns the base URL of the operations, such as {@code http://127.0.0.1:8080/v1}. */
  public URI baseUrl() {
    return address(server);
  }

  /**
   * Returns the URL of the development issuer, such as {@code http://127.0.0.1:8080/dev/token}.
   *
   * <p>To get an ID token, send a POST request with the JSON {@code {"email": ".."}}. The response
   * is {@code {"id_token": ".."}}. A retired service has no development issuer and responds with
   * 404, as do a service with a {@linkplain ReferenceServiceBuilder#trustedIssuer trusted issuer}
   * and a service that other hosts can reach.
   */
  public URI tokenUrl() {
    return baseUrl().resolve("/dev/token");
  }

  /**
   * Returns the base URL at which the first requests of each walk receive 202 immediately. A walk
   * fetches the pages of one result.
   *
   * @throws IllegalStateException if the service has no such base URL; see {@link
   *     ReferenceServiceBuilder#slowAddress}
   */
  public URI slowBaseUrl() {
    return address(slow.orElseThrow(() -> new IllegalStateException("There is no slow address")));
  }

  /** Returns the URL of the metrics, such as {@code http://127.0.0.1:8080/metrics}. */
  public URI metricsUrl() {
    return metricsUrl;
  }

  private static URI address(HttpServer server) {
    return server.url().resolve("/v1");
  }

  /**
   * Signs the user in and returns an ID token. The token is valid for one hour, at this service and
   * at services with the same key file.
   *
   * <p>Creates the account if it does not exist. A retired service has no accounts and ignores ID
   * tokens.
   *
   * @throws IllegalStateException if the service has a {@linkplain
   *     ReferenceServiceBuilder#trustedIssuer trusted issuer}
   */
  public String issueToken(String email) {
    if (hasTrustedIssuer) {
      throw new IllegalStateException(
          "Only the trusted issuer can issue ID tokens for this service");
    }
    try {
      if (cohorts.isPresent()) {
        cohorts.get().signIn(email);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The account of " + email + " can't be made", e);
    }
    return issuer.issue(server.url(), email, Issuer.LIFETIME);
  }

  /**
   * Stops the server, cancels running queries, frees the port, and deletes results that are not
   * kept. Further calls have no effect.
   */
  @Override
  public void close() {
    readiness.ifPresent(Readiness::stop);
    RuntimeException failure = null;
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        if (failure == null) {
          failure = new IllegalStateException("The service did not stop cleanly", e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
