package io.github.idc4j.service;

import io.github.idc4j.service.auth.Issuer;
import io.github.idc4j.service.auth.KeyFile;
import io.github.idc4j.service.auth.KeyFileException;
import io.github.idc4j.service.auth.Keys;
import io.github.idc4j.service.bucket.InstanceListings;
import io.github.idc4j.service.cohort.Cohorts;
import io.github.idc4j.service.data.AbsentColumns;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.DataFolder;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.data.InstanceColumns;
import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.engine.BigQueryProvider;
import io.github.idc4j.service.engine.BigQuerySettings;
import io.github.idc4j.service.engine.DuckDbEngine;
import io.github.idc4j.service.engine.EngineException;
import io.github.idc4j.service.engine.QueryEngine;
import io.github.idc4j.service.fault.Fault;
import io.github.idc4j.service.http.HttpServer;
import io.github.idc4j.service.http.Resources;
import io.github.idc4j.service.query.PageTokens;
import io.github.idc4j.service.query.ResultLimits;
import io.github.idc4j.service.query.Walks;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a service of version 1 of the IDC REST API on the loopback address, with synthetic or real
 * data in DuckDB or BigQuery.
 *
 * <p>Safe for use by several threads. The service accepts only ID tokens from its own development
 * issuer. Unless the service has a {@linkplain Builder#keyFile key file}, the issuer's key exists
 * only in memory, so the tokens are invalid after a restart.
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
  private final Optional<Cohorts> cohorts;
  private Optional<HttpServer> slow = Optional.empty();

  private ReferenceService(Builder chosen) throws IOException, SQLException {
    Keys keys = chosen.keys();
    issuer = new Issuer(keys.issuer(), chosen.clock);
    try {
      if (chosen.retired) {
        cohorts = Optional.empty();
        server = opened(Resources.serveRetired(chosen.port, chosen.cors));
      } else {
        Catalogue catalogue = new Catalogue();
        Optional<InstanceListings> listings = listings(chosen);
        Database database =
            opened(
                Database.open(
                    catalogue,
                    chosen.data,
                    chosen.dataFolder(),
                    chosen.seed,
                    chosen.sampleSize,
                    chosen.stateFile));
        InstanceColumns instanceColumns =
            listings.isPresent() ? InstanceColumns.of(catalogue, database) : InstanceColumns.none();
        QueryEngine engine = opened(chosen.engine(catalogue, database, listings));
        Cohorts saved = opened(new Cohorts(database, chosen.clock));
        Walks walks =
            opened(
                new Walks(
                    engine,
                    chosen.clock,
                    chosen.resultLifetime,
                    chosen.queryWait,
                    ResultLimits.standard()));
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
                chosen.quirks,
                chosen.absentColumns,
                instanceColumns,
                chosen.cors,
                chosen.faults,
                chosen.clock);
        server = opened(resources.serve(chosen.port, chosen.unfinishedWaits));
        if (chosen.slowAddressWaits > 0) {
          slow = Optional.of(opened(resources.serve(0, chosen.slowAddressWaits)));
        }
      }
    } catch (IOException | SQLException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private Optional<InstanceListings> listings(Builder chosen) throws IOException {
    return chosen.instancesFromBucket
        ? Optional.of(opened(InstanceListings.open(chosen.bucketEndpoint, chosen.dataFolder())))
        : Optional.empty();
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  /** Returns a builder with default settings. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the base URL of the operations, such as {@code http://127.0.0.1:8080/v1}. */
  public URI baseUrl() {
    return address(server);
  }

  /**
   * Returns the URL of the development issuer, such as {@code http://127.0.0.1:8080/dev/token}.
   *
   * <p>To get an ID token, send a POST request with {@code email} in a form or in JSON. The
   * response is {@code {"id_token": ".."}}. A retired service has no development issuer and
   * responds with 404.
   */
  public URI tokenUrl() {
    return baseUrl().resolve("/dev/token");
  }

  /**
   * Returns the base URL at which the first requests of each walk receive 202 immediately. A walk
   * fetches the pages of one result.
   *
   * @throws IllegalStateException if the service has no such base URL; see {@link
   *     Builder#slowAddress}
   */
  public URI slowBaseUrl() {
    return address(slow.orElseThrow(() -> new IllegalStateException("There is no slow address")));
  }

  private static URI address(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.port() + "/v1");
  }

  /**
   * Signs the user in and returns an ID token. The token is valid for one hour, at this service and
   * at services with the same key file.
   *
   * <p>Creates the account if it does not exist. A retired service has no accounts and ignores ID
   * tokens.
   */
  public String issueToken(String email) {
    try {
      if (cohorts.isPresent()) {
        cohorts.get().signIn(email);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The account of " + email + " can't be made", e);
    }
    return issuer.issue(email, Issuer.LIFETIME);
  }

  /**
   * Stops the server, cancels running queries, frees the port, and deletes results. Further calls
   * have no effect.
   */
  @Override
  public void close() {
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

  /** Configures and starts a service. Not safe for use by several threads. */
  public static final class Builder {

    private int port;
    private boolean quirks;
    private boolean retired;
    private boolean cors;
    private Duration queryWait = Duration.ofSeconds(30);
    private int unfinishedWaits;
    private int slowAddressWaits;
    private Duration resultLifetime = Duration.ofHours(24);
    private List<Path> data = List.of();
    private AbsentColumns absentColumns = AbsentColumns.REFUSE;
    private boolean instancesFromBucket;
    private Optional<URI> bucketEndpoint = Optional.empty();
    private Optional<BigQuerySettings> bigQuery = Optional.empty();
    private Optional<Path> dataFolder = Optional.empty();
    private Optional<Path> stateFile = Optional.empty();
    private Optional<Path> keyFile = Optional.empty();
    private long seed = 1;
    private SampleSize sampleSize = SampleSize.standard();
    private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    private Keys keys() throws KeyFileException {
      return keyFile.isPresent() ? KeyFile.open(keyFile.get()) : Keys.random();
    }

    private QueryEngine engine(
        Catalogue catalogue, Database database, Optional<InstanceListings> listings)
        throws EngineException, SQLException {
      if (bigQuery.isEmpty()) {
        return new DuckDbEngine(database, listings);
      }
      if (listings.isPresent()) {
        throw new EngineException(
            "Instances cannot come from the buckets if queries run in BigQuery, which has instances.",
            null);
      }
      return BigQueryProvider.find().open(bigQuery.get(), catalogue, database, resultLifetime);
    }

    private Path dataFolder() throws IOException {
      return dataFolder.isPresent() ? dataFolder.get() : DataFolder.standard();
    }

    /** Sets the port. By default, or if the port is 0, the service chooses a free port. */
    public Builder port(int newPort) {
      port = newPort;
      return this;
    }

    /** Sets whether the service has the quirks of the deployed service; false by default. */
    public Builder quirks(boolean newQuirks) {
      quirks = newQuirks;
      return this;
    }

    /**
     * Sets whether the service responds like the deployed service after its retirement; false by
     * default.
     */
    public Builder retired(boolean newRetired) {
      retired = newRetired;
      return this;
    }

    /**
     * Sets whether web pages of other origins may call the service from a browser (CORS); false by
     * default.
     */
    public Builder cors(boolean newCors) {
      cors = newCors;
      return this;
    }

    /**
     * Sets how long a request waits for its query before the service responds with 202; 30 seconds
     * by default.
     */
    public Builder queryWait(Duration newQueryWait) {
      queryWait = Objects.requireNonNull(newQueryWait);
      return this;
    }

    /**
     * Sets how many requests at the start of each walk receive 202 immediately, even if the query
     * has finished; 0 by default.
     */
    public Builder unfinishedWaits(int newUnfinishedWaits) {
      unfinishedWaits = newUnfinishedWaits;
      return this;
    }

    /**
     * Adds a second base URL of the same service. There, the first requests of each walk receive
     * 202 immediately, even if the query has finished. By default, the service has only one base
     * URL.
     *
     * @param waits how many requests of each walk receive 202
     */
    public Builder slowAddress(int waits) {
      slowAddressWaits = waits;
      return this;
    }

    /**
     * Sets how long the result of a query and its page tokens are valid; 24 hours by default. The
     * time starts again when another walk over the same result begins.
     */
    public Builder resultLifetime(Duration newResultLifetime) {
      resultLifetime = Objects.requireNonNull(newResultLifetime);
      return this;
    }

    /**
     * Sets the paths of the data: wheels of the Python package {@code idc-index-data}, Parquet
     * files that IDC publishes, or folders that contain such files. By default, the service uses
     * synthetic sample data.
     */
    public Builder data(Path... paths) {
      data = List.of(paths);
      return this;
    }

    /**
     * Sets how the service responds to requests for columns that the data does not have; {@link
     * AbsentColumns#REFUSE} by default.
     */
    public Builder absentColumns(AbsentColumns newAbsentColumns) {
      absentColumns = Objects.requireNonNull(newAbsentColumns);
      return this;
    }

    /**
     * Sets whether manifests can have the columns {@code GCS_URL} and {@code CRDC_Instance_GUID}
     * although the data has only series; false by default. If true, the service lists the instances
     * of the series that a page contains in the buckets, and keeps the listings in the data folder.
     * The module {@code idc4j-bucket-listing} must be on the class path.
     */
    public Builder instancesFromBucket(boolean newInstancesFromBucket) {
      instancesFromBucket = newInstancesFromBucket;
      return this;
    }

    /**
     * Sets the base URL of the S3 server that has the buckets. By default, the service uses the
     * public buckets of IDC.
     */
    public Builder bucketEndpoint(URI newBucketEndpoint) {
      bucketEndpoint = Optional.of(newBucketEndpoint);
      return this;
    }

    /**
     * Runs queries in BigQuery. The tables with images and patients are then those of BigQuery.
     * Collections, analysis results and releases still come from {@link #data}. The module {@code
     * idc4j-bigquery} must be on the class path. By default, queries run in DuckDB.
     */
    public Builder bigQuery(BigQuerySettings newBigQuery) {
      bigQuery = Optional.of(newBigQuery);
      return this;
    }

    /**
     * Sets the folder for the sample data and for loaded data sets. The service generates or loads
     * the data in this folder if they are missing, and reuses them later. The default is the folder
     * in the environment variable {@code IDC4J_HOME} or, if the variable is not set, the folder
     * {@code .idc4j} in the home folder.
     */
    public Builder dataFolder(Path newDataFolder) {
      dataFolder = Optional.of(newDataFolder);
      return this;
    }

    /**
     * Sets the file for accounts and cohorts. By default, accounts and cohorts are kept in memory
     * and lost when the service stops.
     */
    public Builder stateFile(Path newStateFile) {
      stateFile = Optional.of(newStateFile);
      return this;
    }

    /**
     * Sets the file with the keys of page tokens and ID tokens. If the file does not exist, the
     * service creates it. Services with the same file accept each other's tokens, and a service
     * accepts its tokens after a restart. By default, the keys exist only in memory.
     */
    public Builder keyFile(Path newKeyFile) {
      keyFile = Optional.of(newKeyFile);
      return this;
    }

    /** Sets the seed of the sample data; 1 by default. */
    public Builder seed(long newSeed) {
      seed = newSeed;
      return this;
    }

    /** Sets the size of the sample data; {@link SampleSize#standard()} by default. */
    public Builder sampleSize(SampleSize newSampleSize) {
      sampleSize = Objects.requireNonNull(newSampleSize);
      return this;
    }

    /**
     * Seeds a fault, which makes the service violate a rule of the contract. By default, the
     * service has no faults.
     */
    public Builder fault(Fault fault) {
      faults.add(fault);
      return this;
    }

    /**
     * Sets the clock that decides when ID tokens and results expire; the system clock by default.
     */
    public Builder clock(Clock newClock) {
      clock = Objects.requireNonNull(newClock);
      return this;
    }

    /**
     * Starts the service. If necessary, first generates the sample data or loads the data set,
     * which takes a few seconds. Sample data of the largest size takes half an hour.
     *
     * @throws BindException if the port is in use or the process lacks the permission to use it
     * @throws EngineException if BigQuery can't be used
     * @throws KeyFileException if the key file can't be used
     * @throws IOException if the data or the state file can't be read or written
     */
    public ReferenceService start() throws IOException {
      try {
        return new ReferenceService(this);
      } catch (SQLException e) {
        throw new IOException("DuckDB can't open the data: " + e.getMessage(), e);
      } catch (BindException e) {
        BindException failure =
            new BindException("cannot listen on port " + port + ": " + e.getMessage());
        failure.initCause(e);
        throw failure;
      }
    }
  }
}
