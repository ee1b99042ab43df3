package io.github.idc4j.conformance.internal.http;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** Operations and status codes that a run has seen so far. Thread-safe. */
public final class ServiceRecord {

  private final Set<String> missing = new ConcurrentSkipListSet<>();
  private final Set<String> operations = new ConcurrentSkipListSet<>();
  private final Set<String> statuses = new ConcurrentSkipListSet<>();

  /** Notes that the service lacks an operation without declaring it. */
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

  /** Returns the operations that responded with 200 so far. */
  public Set<String> coveredOperations() {
    return new TreeSet<>(operations);
  }

  /** Returns the operations with the documented status codes seen so far. */
  public Set<String> coveredStatuses() {
    return new TreeSet<>(statuses);
  }
}
