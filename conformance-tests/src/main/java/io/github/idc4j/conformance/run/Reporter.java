package io.github.idc4j.conformance.run;

import java.io.IOException;
import java.net.URI;

/** Reports a run. The methods are called on the thread of the run, in the order of the checks. */
public interface Reporter {

  /** Reports that a run begins, before its first request. By default does nothing. */
  default void started(URI baseUrl) {}

  /** Reports the outcome of a check. By default does nothing. */
  default void checked(Outcome outcome) {}

  /**
   * Reports the whole run.
   *
   * @throws IOException if the report cannot be written
   */
  void finished(ConformanceResult result) throws IOException;
}
