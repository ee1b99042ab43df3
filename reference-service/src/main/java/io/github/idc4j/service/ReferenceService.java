package io.github.idc4j.service;

import io.github.idc4j.service.auth.Issuer;
import io.github.idc4j.service.cohort.Cohorts;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.fault.Fault;
import io.github.idc4j.service.http.HttpServer;
import io.github.idc4j.service.http.Resources;
import io.github.idc4j.service.query.PageTokens;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A running service of the IDC REST API, version 1, over DuckDB, on the loopback address.
 *
 * <p>Safe for use by several threads. Its ID tokens are those of its own development issuer, which
 * signs under a key of this process.
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
    issuer = new Issuer(chosen.clock);
    try {
      if (chosen.retired) {
        cohorts = Optional.empty();
        server = opened(Resources.serveRetired(chosen.port, chosen.cors));
      } else {
        Catalogue catalogue = new Catalogue();
        Database database =
            opened(
                Database.open(
                    catalogue,
                    chosen.dataFolder(),
                    chosen.seed,
                    chosen.sampleSize,
                    chosen.stateFile));
        Cohorts saved = opened(new Cohorts(database, chosen.clock));
        Walks walks =
            opened(new Walks(database, chosen.clock, chosen.resultLifetime, chosen.queryWait));
        cohorts = Optional.of(saved);
        Resources resources =
            new Resources(
                catalogue,
                database,
                saved,
                walks,
                new PageTokens(),
                issuer,
                chosen.quirks,
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

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the address below which the operations are, such as {@code http://127.0.0.1:8080/v1}.
   */
  public URI baseUrl() {
    return address(server);
  }

  /**
   * Returns the address of the development issuer, such as {@code http://127.0.0.1:8080/dev/token}.
   *
   * <p>Takes a POST with {@code email} in a form or in JSON and returns {@code {"id_token": ".."}}.
   * A retired service has none.
   */
  public URI tokenUrl() {
    return baseUrl().resolve("/dev/token");
  }

  /**
   * Returns the base URL at which each walk begins with 202.
   *
   * @throws IllegalStateException if the service was started without one
   */
  public URI slowBaseUrl() {
    return address(slow.orElseThrow(() -> new IllegalStateException("There is no slow address")));
  }

  private static URI address(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.port() + "/v1");
  }

  /**
   * Signs the user in and returns an ID token, good for one hour at this service only.
   *
   * <p>Creates the account if it does not exist. A retired service has no accounts; its token is of
   * no use.
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

  /** Stops the server and every query, frees the port, and deletes results. Safe to call again. */
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

  /** Says how a service is to run. Not safe for use by several threads. */
  public static final class Builder {

    private int port;
    private boolean quirks;
    private boolean retired;
    private boolean cors;
    private Duration queryWait = Duration.ofSeconds(30);
    private int unfinishedWaits;
    private int slowAddressWaits;
    private Duration resultLifetime = Duration.ofHours(24);
    private Optional<Path> dataFolder = Optional.empty();
    private Optional<Path> stateFile = Optional.empty();
    private long seed = 1;
    private SampleSize sampleSize = SampleSize.standard();
    private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    private Path dataFolder() throws IOException {
      if (dataFolder.isPresent()) {
        return dataFolder.get();
      }
      String chosen = System.getenv("IDC4J_HOME");
      if (chosen != null && !chosen.isEmpty()) {
        return Path.of(chosen);
      }
      String home = System.getProperty("user.home");
      // A user ID without a passwd entry, which is common in containers.
      if (home.equals("?")) {
        throw new IOException("this user has no home folder");
      }
      return Path.of(home, ".idc4j");
    }

    /** Sets the port; 0, the default, takes a free one. */
    public Builder port(int newPort) {
      port = newPort;
      return this;
    }

    /** Sets whether the service has the quirks of the deployed one; by default it has none. */
    public Builder quirks(boolean newQuirks) {
      quirks = newQuirks;
      return this;
    }

    /** Sets whether the service responds like the retired one; by default it does not. */
    public Builder retired(boolean newRetired) {
      retired = newRetired;
      return this;
    }

    /**
     * Sets whether the pages of other origins may call the service from a browser (CORS); by
     * default they may not.
     */
    public Builder cors(boolean newCors) {
      cors = newCors;
      return this;
    }

    /** Sets how long a request waits for its query before it returns 202; by default 30 s. */
    public Builder queryWait(Duration newQueryWait) {
      queryWait = Objects.requireNonNull(newQueryWait);
      return this;
    }

    /** Sets how many waits of each walk end with 202 at once, whatever the query; by default 0. */
    public Builder unfinishedWaits(int newUnfinishedWaits) {
      unfinishedWaits = newUnfinishedWaits;
      return this;
    }

    /**
     * Adds a second address of the same service, at which the first waits of each walk end with 202
     * at once, whatever the query; by default absent.
     */
    public Builder slowAddress(int waits) {
      slowAddressWaits = waits;
      return this;
    }

    /** Sets how long the result of a query is kept, and so its tokens are good; by default 24 h. */
    public Builder resultLifetime(Duration newResultLifetime) {
      resultLifetime = Objects.requireNonNull(newResultLifetime);
      return this;
    }

    /**
     * Sets the folder of the sample, which is made once and then used again; by default the
     * environment's {@code IDC4J_HOME}, or {@code .idc4j} in the home folder.
     */
    public Builder dataFolder(Path newDataFolder) {
      dataFolder = Optional.of(newDataFolder);
      return this;
    }

    /** Sets the file of accounts and cohorts; by default they are forgotten at the end. */
    public Builder stateFile(Path newStateFile) {
      stateFile = Optional.of(newStateFile);
      return this;
    }

    /** Sets the seed of the sample; by default 1. */
    public Builder seed(long newSeed) {
      seed = newSeed;
      return this;
    }

    /** Sets how much the sample holds; by default {@link SampleSize#standard()}. */
    public Builder sampleSize(SampleSize newSampleSize) {
      sampleSize = Objects.requireNonNull(newSampleSize);
      return this;
    }

    /** Breaks a rule on purpose; by default none is broken. */
    public Builder fault(Fault fault) {
      faults.add(fault);
      return this;
    }

    /** Sets the clock by which tokens and results grow old; by default the system's. */
    public Builder clock(Clock newClock) {
      clock = Objects.requireNonNull(newClock);
      return this;
    }

    /**
     * Starts the service; makes the sample first if it is not there, which takes some seconds.
     *
     * @throws BindException if the port is in use or needs a permission that the process lacks
     * @throws IOException if the sample or the state can't be read or written
     */
    public ReferenceService start() throws IOException {
      try {
        return new ReferenceService(this);
      } catch (SQLException e) {
        throw new IOException("DuckDB can't open the data: " + e.getMessage(), e);
      } catch (RuntimeException e) {
        if (e.getCause() instanceof BindException cause) {
          BindException failure =
              new BindException("cannot listen on port " + port + ": " + cause.getMessage());
          failure.initCause(cause);
          throw failure;
        }
        throw e;
      }
    }
  }
}
