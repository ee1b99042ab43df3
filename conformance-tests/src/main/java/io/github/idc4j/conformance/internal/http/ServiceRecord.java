package io.github.idc4j.conformance.internal.http;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** The operations and status codes that a run has seen so far. Thread-safe. */
public final class ServiceRecord {

  private final Set<String> missing = new ConcurrentSkipListSet<>();
  private final Set<String> operations = new ConcurrentSkipListSet<>();
  private final Set<String> statuses = new ConcurrentSkipListSet<>();

  /** Records that the service lacks an operation that is not declared absent. */
  public void noteMissing(String operation) {
    missing.add(operation);
  }

  Set<String> missing() {
    return missing;
  }

  void noteValid(String operation, int status) {
    statuses.add(operation + " " + status);
    if (status == 200) {
      operations.add(operation);
    }
  }

  /** Returns the identifiers of the operations that returned a valid 200 response so far. */
  public Set<String> coveredOperations() {
    return new TreeSet<>(operations);
  }

  /**
   * Returns the pairs of operation and documented status code seen so far, such as {@code "getAbout
   * 200"}.
   */
  public Set<String> coveredStatuses() {
    return new TreeSet<>(statuses);
  }
}
