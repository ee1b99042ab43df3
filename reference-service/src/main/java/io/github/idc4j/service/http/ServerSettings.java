package io.github.idc4j.service.http;

import io.github.idc4j.service.fault.Fault;
import java.util.Set;

/**
 * The settings of an HTTP server.
 *
 * @param quirks whether the server has the quirks of the deployed service
 * @param reduced whether the server has only the operations of {@link ReducedOperations}
 * @param cors whether web pages of other origins may call the service
 * @param network where the server listens
 * @param monitoring what operators need to know about the service
 * @param metricsShown whether the metrics are at the port of the server
 */
public record ServerSettings(
    boolean quirks,
    boolean reduced,
    boolean cors,
    NetworkSettings network,
    RequestLimits limits,
    Monitoring monitoring,
    boolean metricsShown,
    Set<Fault> faults) {

  /** Creates an instance with a copy of the faults. */
  public ServerSettings {
    faults = Set.copyOf(faults);
  }

  /** Returns the settings of another server, which listens on a free port. */
  public ServerSettings withFreePort() {
    return new ServerSettings(
        quirks, reduced, cors, network.withPort(0), limits, monitoring, metricsShown, faults);
  }

  /** Returns the rules of the mode. */
  Rules rules() {
    return Rules.of(quirks);
  }
}
