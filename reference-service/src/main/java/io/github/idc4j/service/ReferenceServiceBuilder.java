package io.github.idc4j.service;

import io.github.idc4j.service.auth.KeyFile;
import io.github.idc4j.service.auth.KeyFileException;
import io.github.idc4j.service.auth.Keys;
import io.github.idc4j.service.auth.TrustedIssuer;
import io.github.idc4j.service.bucket.InstanceListings;
import io.github.idc4j.service.data.AbsentColumns;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.DataFolder;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.engine.BigQueryProvider;
import io.github.idc4j.service.engine.BigQuerySettings;
import io.github.idc4j.service.engine.DuckDbEngine;
import io.github.idc4j.service.engine.EngineException;
import io.github.idc4j.service.engine.QueryEngine;
import io.github.idc4j.service.fault.Fault;
import io.github.idc4j.service.http.Monitoring;
import io.github.idc4j.service.http.NetworkSettings;
import io.github.idc4j.service.http.ServerSettings;
import io.github.idc4j.service.http.TlsKey;
import io.github.idc4j.service.state.MemoryState;
import io.github.idc4j.service.state.PostgresProvider;
import io.github.idc4j.service.state.State;
import io.github.idc4j.service.state.StateException;
import io.github.idc4j.service.state.StateFolder;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Configures and starts a service. Not safe for use by several threads. */
public final class ReferenceServiceBuilder {

  // Read by ReferenceService when it starts.
  private InetAddress address = InetAddress.getLoopbackAddress();
  private int port;
  private Set<String> hosts = Set.of();
  private Optional<TlsKey> tls = Optional.empty();
  private Set<String> trustedProxies = Set.of();
  private Duration stopWait = NetworkSettings.loopback(0).stopWait();
  OptionalInt metricsPort = OptionalInt.empty();
  boolean quirks;
  boolean retired;
  boolean reduced;
  boolean cors;
  Limits limits = Limits.standard();
  Duration queryWait = Duration.ofSeconds(30);
  int unfinishedWaits;
  int slowAddressWaits;
  Duration resultLifetime = Duration.ofHours(24);
  List<Path> data = List.of();
  AbsentColumns absentColumns = AbsentColumns.REFUSE;
  boolean instancesFromBucket;
  Optional<URI> bucketEndpoint = Optional.empty();
  Optional<BigQuerySettings> bigQuery = Optional.empty();
  Optional<Path> dataFolder = Optional.empty();
  Optional<Path> stateFolder = Optional.empty();
  Optional<String> stateUrl = Optional.empty();
  Optional<Path> keyFile = Optional.empty();
  Optional<TrustedIssuer> trustedIssuer = Optional.empty();
  long seed = 1;
  SampleSize sampleSize = SampleSize.standard();
  final Set<Fault> faults = EnumSet.noneOf(Fault.class);
  Clock clock = Clock.systemUTC();

  ReferenceServiceBuilder() {}

  State state() throws StateException {
    // A retired service has no accounts, and issues no tokens.
    if (retired || (stateFolder.isEmpty() && stateUrl.isEmpty())) {
      return new MemoryState();
    }
    return stateUrl.isPresent()
        ? PostgresProvider.find().open(stateUrl.get())
        : StateFolder.open(stateFolder.get());
  }

  Keys keys(State state) throws IOException {
    return keyFile.isPresent() ? KeyFile.open(keyFile.get()) : state.keys();
  }

  private NetworkSettings network() {
    return new NetworkSettings(address, port, hosts, tls, trustedProxies, stopWait);
  }

  ServerSettings server(Monitoring monitoring) {
    return new ServerSettings(
        quirks || retired,
        reduced,
        cors,
        network(),
        limits.requests(),
        monitoring,
        metricsPort.isEmpty(),
        faults);
  }

  /** Returns the settings of the server that has only the metrics. */
  ServerSettings metricsServer(Monitoring monitoring) {
    NetworkSettings network =
        new NetworkSettings(
            InetAddress.getLoopbackAddress(),
            metricsPort.getAsInt(),
            hosts,
            Optional.empty(),
            Set.of(),
            stopWait);
    return new ServerSettings(
        false, false, false, network, limits.requests(), monitoring, true, Set.of());
  }

  QueryEngine engine(Catalogue catalogue, Database database, Optional<InstanceListings> listings)
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

  Path dataFolder() throws IOException {
    return dataFolder.isPresent() ? dataFolder.get() : DataFolder.standard();
  }

  /**
   * Sets the address to listen on; the loopback address 127.0.0.1 by default. A wildcard address
   * stands for all addresses of this host. If other hosts can reach the address, the service has no
   * development issuer.
   */
  public ReferenceServiceBuilder address(InetAddress newAddress) {
    address = Objects.requireNonNull(newAddress);
    return this;
  }

  /** Sets the key and certificates for https. By default, the service uses plain HTTP. */
  public ReferenceServiceBuilder tls(TlsKey key) {
    tls = Optional.of(key);
    return this;
  }

  /**
   * Sets the IP addresses and CIDR ranges of the proxies whose headers {@code Forwarded} and {@code
   * X-Forwarded-*} the service trusts. By default, it ignores these headers.
   *
   * @throws IllegalArgumentException if a text is neither an address nor a range
   */
  public ReferenceServiceBuilder trustedProxies(String... proxies) {
    trustedProxies = Set.of(proxies);
    // Fails if a text is invalid.
    network();
    return this;
  }

  /**
   * Sets how long {@link ReferenceService#close} waits for running requests before it cancels them;
   * 10 seconds by default.
   */
  public ReferenceServiceBuilder stopWait(Duration newStopWait) {
    stopWait = Objects.requireNonNull(newStopWait);
    return this;
  }

  /** Sets the port. By default, or if the port is 0, the service chooses a free port. */
  public ReferenceServiceBuilder port(int newPort) {
    port = newPort;
    return this;
  }

  /**
   * Sets a port for the metrics of the service; 0 for a free port. By default, the metrics are at
   * the path {@code /metrics} of the port of the service.
   */
  public ReferenceServiceBuilder metricsPort(int newMetricsPort) {
    metricsPort = OptionalInt.of(newMetricsPort);
    return this;
  }

  /** Sets whether the service has the quirks of the deployed service; false by default. */
  public ReferenceServiceBuilder quirks(boolean newQuirks) {
    quirks = newQuirks;
    return this;
  }

  /**
   * Sets whether the service has only the nine operations that the deployed service had between
   * July 2025 and its retirement; false by default.
   */
  public ReferenceServiceBuilder reduced(boolean newReduced) {
    reduced = newReduced;
    return this;
  }

  /**
   * Sets whether the service responds like the deployed service after its retirement; false by
   * default.
   */
  public ReferenceServiceBuilder retired(boolean newRetired) {
    retired = newRetired;
    return this;
  }

  /**
   * Sets whether web pages of other origins may call the service from a browser (CORS); false by
   * default.
   */
  public ReferenceServiceBuilder cors(boolean newCors) {
    cors = newCors;
    return this;
  }

  /**
   * Sets the host names that requests may name in the {@code Host} header, in addition to {@code
   * localhost}, {@code 127.0.0.1}, {@code [::1]} and the address that the service listens on. The
   * service refuses other hosts with 421, so that web pages cannot use the service under a name of
   * their own.
   */
  public ReferenceServiceBuilder allowedHosts(String... names) {
    hosts = Set.of(names);
    // Fails if a name is invalid.
    network();
    return this;
  }

  /** Sets the limits of the service; {@link Limits#standard()} by default. */
  public ReferenceServiceBuilder limits(Limits newLimits) {
    limits = Objects.requireNonNull(newLimits);
    return this;
  }

  /**
   * Sets how long a request waits for its query before the service responds with 202; 30 seconds by
   * default.
   */
  public ReferenceServiceBuilder queryWait(Duration newQueryWait) {
    queryWait = Objects.requireNonNull(newQueryWait);
    return this;
  }

  /**
   * Sets how many requests at the start of each walk receive 202 immediately, even if the query has
   * finished; 0 by default.
   */
  public ReferenceServiceBuilder unfinishedWaits(int newUnfinishedWaits) {
    unfinishedWaits = newUnfinishedWaits;
    return this;
  }

  /**
   * Adds a second base URL of the same service. There, the first requests of each walk receive 202
   * immediately, even if the query has finished. By default, the service has only one base URL.
   *
   * @param waits how many requests of each walk receive 202
   */
  public ReferenceServiceBuilder slowAddress(int waits) {
    slowAddressWaits = waits;
    return this;
  }

  /**
   * Sets how long the result of a query and its page tokens are valid; 24 hours by default. The
   * time starts again when another walk over the same result begins.
   */
  public ReferenceServiceBuilder resultLifetime(Duration newResultLifetime) {
    resultLifetime = Objects.requireNonNull(newResultLifetime);
    return this;
  }

  /**
   * Sets the paths of the data: wheels of the Python package {@code idc-index-data}, Parquet files
   * that IDC publishes, or folders that contain such files. By default, the service uses synthetic
   * sample data.
   */
  public ReferenceServiceBuilder data(Path... paths) {
    data = List.of(paths);
    return this;
  }

  /**
   * Sets how the service responds to requests for columns that the data does not have; {@link
   * AbsentColumns#REFUSE} by default.
   */
  public ReferenceServiceBuilder absentColumns(AbsentColumns newAbsentColumns) {
    absentColumns = Objects.requireNonNull(newAbsentColumns);
    return this;
  }

  /**
   * Sets whether manifests can have the columns {@code GCS_URL} and {@code CRDC_Instance_GUID}
   * although the data has only series; false by default. If true, the service lists the instances
   * of the series that a page contains in the buckets, and keeps the listings in the data folder.
   * The module {@code idc4j-bucket-listing} must be on the class path.
   */
  public ReferenceServiceBuilder instancesFromBucket(boolean newInstancesFromBucket) {
    instancesFromBucket = newInstancesFromBucket;
    return this;
  }

  /**
   * Sets the base URL of the S3 server that has the buckets. By default, the service uses the
   * public buckets of IDC.
   */
  public ReferenceServiceBuilder bucketEndpoint(URI newBucketEndpoint) {
    bucketEndpoint = Optional.of(newBucketEndpoint);
    return this;
  }

  /**
   * Runs queries in BigQuery. The tables with images and patients are then those of BigQuery.
   * Collections, analysis results and releases still come from {@link #data}. The module {@code
   * idc4j-bigquery} must be on the class path. By default, queries run in DuckDB.
   */
  public ReferenceServiceBuilder bigQuery(BigQuerySettings newBigQuery) {
    bigQuery = Optional.of(newBigQuery);
    return this;
  }

  /**
   * Sets the folder for the sample data and for loaded data sets. The service generates or loads
   * the data in this folder if they are missing, and reuses them later. The default is the folder
   * in the environment variable {@code IDC4J_HOME} or, if the variable is not set, the folder
   * {@code .idc4j} in the home folder.
   */
  public ReferenceServiceBuilder dataFolder(Path newDataFolder) {
    dataFolder = Optional.of(newDataFolder);
    return this;
  }

  /**
   * Sets the folder in which the service keeps accounts, cohorts, keys and finished results, so
   * that they are valid after a restart. The service creates the folder if it does not exist. One
   * service at a time uses a folder. By default, all of this is lost when the service stops.
   */
  public ReferenceServiceBuilder stateFolder(Path newStateFolder) {
    stateFolder = Optional.of(newStateFolder);
    return this;
  }

  /**
   * Sets the PostgreSQL database in which services keep and share accounts, cohorts and keys, such
   * as {@code jdbc:postgresql://host/database?user=name}; replaces {@link #stateFolder}. Results
   * end with the service. The module {@code idc4j-postgresql} must be on the class path.
   */
  public ReferenceServiceBuilder stateUrl(String newStateUrl) {
    stateUrl = Optional.of(newStateUrl);
    return this;
  }

  /**
   * Sets the file with the keys of page tokens and ID tokens. If the file does not exist, the
   * service creates it. Services with the same file accept each other's tokens, and a service
   * accepts its tokens after a restart. By default, the keys are those of the state folder or of
   * the PostgreSQL database; without both, they exist only in memory.
   */
  public ReferenceServiceBuilder keyFile(Path newKeyFile) {
    keyFile = Optional.of(newKeyFile);
    return this;
  }

  /**
   * Sets the OpenID Connect issuer whose ID tokens the service accepts. A user gets an account with
   * the first valid token. By default, the service accepts ID tokens of its own development issuer;
   * with a trusted issuer, it has no development issuer.
   */
  public ReferenceServiceBuilder trustedIssuer(TrustedIssuer newTrustedIssuer) {
    trustedIssuer = Optional.of(newTrustedIssuer);
    return this;
  }

  /** Sets the seed of the sample data; 1 by default. */
  public ReferenceServiceBuilder seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /** Sets the size of the sample data; {@link SampleSize#standard()} by default. */
  public ReferenceServiceBuilder sampleSize(SampleSize newSampleSize) {
    sampleSize = Objects.requireNonNull(newSampleSize);
    return this;
  }

  /**
   * Seeds a fault, which makes the service violate a rule of the contract. By default, the service
   * has no faults.
   */
  public ReferenceServiceBuilder fault(Fault fault) {
    faults.add(fault);
    return this;
  }

  /** Sets the clock that decides when ID tokens and results expire; the system clock by default. */
  public ReferenceServiceBuilder clock(Clock newClock) {
    clock = Objects.requireNonNull(newClock);
    return this;
  }

  /**
   * Starts the service. If necessary, first generates the sample data or loads the data set, which
   * takes a few seconds. Sample data of the largest size takes half an hour.
   *
   * @throws BindException if the port is in use or the process lacks the permission to use it
   * @throws EngineException if BigQuery can't be used
   * @throws KeyFileException if the key file can't be used
   * @throws StateException if the state folder or the PostgreSQL database can't be used
   * @throws IOException if the data can't be read or written
   */
  public ReferenceService start() throws IOException {
    try {
      return new ReferenceService(this);
    } catch (SQLException e) {
      throw new IOException("DuckDB can't open the data: " + e.getMessage(), e);
    }
  }
}
