package io.github.idc4j.service.http;

import java.sql.SQLException;
import java.util.Optional;

/** Whether a service wants requests. Safe for use by several threads. */
public final class Readiness {

  private static final String STOPPING = "The service is stopping.";

  private final Check check;
  private volatile boolean stopping;

  /** Checks that a part of a service works. */
  @FunctionalInterface
  public interface Check {
    /**
     * Returns normally if the part works. Must be cheap, because each request for the readiness
     * calls this.
     *
     * @throws SQLException if the part does not work
     */
    void run() throws SQLException;
  }

  /** Creates an instance for a service that is ready until {@link #stop} if the check passes. */
  public Readiness(Check check) {
    this.check = check;
  }

  /** Makes the service not ready, before it stops. Requests still receive their responses. */
  public void stop() {
    stopping = true;
  }

  /** Returns why the service is not ready; empty if it is ready. */
  Optional<String> problem() {
    if (stopping) {
      return Optional.of(STOPPING);
    }
    try {
      check.run();
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of("The database does not work: " + e.getMessage());
    }
  }
}
