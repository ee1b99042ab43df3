package io.github.idc4j.conformance.run;

import java.io.IOException;
import java.net.URI;

/**
 * Receives the outcomes and the result of a run. All methods are called on the thread of the run,
 * and the outcomes arrive in the order of the checks.
 */
public interface Reporter {

  /** Called before the first request of the run. By default, does nothing. */
  default void started(URI baseUrl) {}

  /** Called with the outcome of each check. By default, does nothing. */
  default void checked(Outcome outcome) {}

  /**
   * Called with the result at the end of the run.
   *
   * @throws IOException if the report cannot be written
   */
  void finished(ConformanceResult result) throws IOException;
}
